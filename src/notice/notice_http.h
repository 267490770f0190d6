/*
 * Handlers: one's own notifications.
 */
#ifndef NOTICE_NOTICE_HTTP_H
#define NOTICE_NOTICE_HTTP_H

#include "http/route.h"

handler_fn post_notice_read; /* POST /api/notifications/{id}/read */
handler_fn post_notices_read_all; /* POST /api/notifications/read-all */
handler_fn delete_notice; /* DELETE /api/notifications/{id} */

#endif
