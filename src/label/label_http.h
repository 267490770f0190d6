/*
 * Label handlers: the HTTP requests for QR labels, which are printed and put on bags.
 *
 * A handler_fn answers the requests of one route of src/routes.c. It gets the call (the request's
 * unit of work, in one database transaction), reads the request and fills in the reply. If it
 * returns false, the client gets the fault that it has recorded in the call (an HTTP problem). A
 * code is the text that names a bag, and a family is a kind of parent bag, whose codes follow a
 * pattern.
 */
#ifndef LABEL_LABEL_HTTP_H
#define LABEL_LABEL_HTTP_H

#include "http/route.h"

/* POST /api/labels: answer with a file of the labels that the body asks for (PDF or ZPL) as a
 * download, and note what was printed. */
handler_fn post_labels;

/* GET /api/labels/next?family=NAME: answer with the code with which the next range of labels of
 * this family begins; null if the family has no codes yet. */
handler_fn get_labels_next;

/* GET /api/qr?text=TEXT: answer with the text, at most 100 bytes, as a QR code (SVG in JSON), for
 * web pages that are printed. */
handler_fn get_qr;

#endif
