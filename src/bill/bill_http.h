/*
 * Handlers: bills.
 */
#ifndef BILL_BILL_HTTP_H
#define BILL_BILL_HTTP_H

#include "http/route.h"

/* POST /api/bills */
handler_fn post_bill;

/* GET, PATCH and DELETE /api/bills/{code} */
handler_fn get_bill;
handler_fn patch_bill;
handler_fn delete_bill;

/* POST /api/bills/{code}/finish and /reopen */
handler_fn post_bill_finish;
handler_fn post_bill_reopen;

/* POST /api/bills/{code}/bags and DELETE /api/bills/{code}/bags/{qr} */
extern const struct batch_route post_bill_bag;
handler_fn delete_bill_bag;

#endif
