/*
 * The routes of one's own notifications.
 */
#ifndef NOTICE_NOTICE_HTTP_H
#define NOTICE_NOTICE_HTTP_H

#include "http/route.h"

handler_fn notice_list; /* GET /api/notifications */
handler_fn notice_read; /* POST /api/notifications/{id}/read */
handler_fn notice_read_all; /* POST /api/notifications/read-all */
handler_fn notice_delete; /* DELETE /api/notifications/{id} */

#endif
