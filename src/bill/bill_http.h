/*
 * The routes of bills: /api/bills and below.
 */
#ifndef BILL_BILL_HTTP_H
#define BILL_BILL_HTTP_H

#include "http/route.h"

/* POST and GET /api/bills */
handler_fn bill_create;
handler_fn bill_list;

/* GET, PATCH and DELETE /api/bills/{code} */
handler_fn bill_show;
handler_fn bill_change;
handler_fn bill_delete;

/* POST /api/bills/{code}/finish and /reopen */
handler_fn bill_finish;
handler_fn bill_reopen;

/* POST, GET /api/bills/{code}/bags and DELETE /api/bills/{code}/bags/{qr} */
extern const struct lane_route bill_add_bag;
handler_fn bill_bags;
handler_fn bill_remove_bag;

/* GET /api/bills/{code}/events */
handler_fn bill_events;

#endif
