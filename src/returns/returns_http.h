/*
 * Handlers: return tickets, and what is scanned onto them.
 */
#ifndef RETURNS_RETURNS_HTTP_H
#define RETURNS_RETURNS_HTTP_H

#include "http/route.h"

/* POST /api/returns; GET and PATCH /api/returns/{code} */
handler_fn post_return;
handler_fn get_return;
handler_fn patch_return;

/* POST /api/returns/{code}/commit and /cancel */
handler_fn post_return_commit;
handler_fn post_return_cancel;

/* POST /api/returns/{code}/bags and DELETE /api/returns/{code}/bags/{qr} */
extern const struct batch_route post_return_bag;
handler_fn delete_return_bag;

#endif
