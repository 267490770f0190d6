/*
 * The routes of bills: /api/bills and below.
 */
#ifndef BILL_BILL_HTTP_H
#define BILL_BILL_HTTP_H

#include "http/route.h"

/* POST and GET /api/bills */
handler_fn bill_add;
handler_fn bill_index;

/* GET, PATCH and DELETE /api/bills/{code} */
handler_fn bill_show;
handler_fn bill_edit;
handler_fn bill_remove;

/* POST /api/bills/{code}/finish and /reopen */
handler_fn bill_close_short;
handler_fn bill_open_again;

/* POST, GET /api/bills/{code}/bags and DELETE /api/bills/{code}/bags/{qr} */
extern const struct lane_route bill_bag_add;
handler_fn bill_bag_index;
handler_fn bill_bag_take_off;

/* GET /api/bills/{code}/events */
handler_fn bill_event_index;

#endif
