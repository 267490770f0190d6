/*
 * Notice handlers: the HTTP requests that change the signed-in user's own notices, which are
 * messages inside the program (notice/notice.h).
 *
 * A handler serves one route of src/routes.c: bool (call, request, reply). If it returns false, the
 * recorded fault (the reason of the failure) becomes the answer.
 */
#ifndef NOTICE_NOTICE_HTTP_H
#define NOTICE_NOTICE_HTTP_H

#include "http/route.h"

/* POST /api/notifications/{id}/read: mark one notice as read. Answers 204; 404 if there is none. */
handler_fn post_notice_read;

/* POST /api/notifications/read-all: mark all notices as read. Answers how many: {"read": 3}. */
handler_fn post_notices_read_all;

/* DELETE /api/notifications/{id}: delete one notice. Answers 204; 404 if there is none. */
handler_fn delete_notice;

#endif
