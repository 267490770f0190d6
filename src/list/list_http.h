/*
 * List over HTTP: the one handler that answers the requests for all lists.
 *
 * A listing (list/listing.h) is the constant that describes a list: its filters, rows and order.
 * A handler reads a request and fills in the reply. The answer is {items, next, total}. It has
 * `partial` if the server has looked at the most rows that it may before the page was full, and
 * `total_at_least` if there were too many to count.
 */
#ifndef LIST_LIST_HTTP_H
#define LIST_LIST_HTTP_H

#include "http/route.h"
#include "list/listing.h"

/* GET on any list: answer with the page that the query parameters ask for, of the listing that the
 * route has. Fails with FAULT_BAD_FIELDS if a parameter is unknown or invalid. */
handler_fn get_list;

/* Check all listings of the route table. Called at start; if one is incomplete, prints the reason
 * and aborts. */
void lists_check(void);

/* The most query parameters that a list accepts: room for list_params(). */
#define LIST_PARAMS_MAX 24

/* Write the names of the query parameters that a list accepts ("limit", "cursor", its filters ...)
 * into `names`, which has room for LIST_PARAMS_MAX, and return their number. Texts are static. */
size_t list_params(const struct listing *listing, const char **names);

/* For a row of the route table: the initialisers of struct route for a GET that answers with this
 * listing. */
#define LIST(listing) get_list, NULL, NULL, &(listing), NULL

#endif
