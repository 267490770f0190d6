/*
 * Handlers: labels as files for a printer.
 */
#ifndef LABEL_LABEL_HTTP_H
#define LABEL_LABEL_HTTP_H

#include "http/route.h"

handler_fn post_labels; /* POST /api/labels: the file */
handler_fn get_labels_next; /* GET /api/labels/next?family=: the code to begin with */
handler_fn get_qr; /* GET /api/qr?text=: a text as a QR code, for pages that are printed */

#endif
