/*
 * Lists over HTTP: one handler for all of them.
 *
 * The answer is {items, next, total}, with `partial` beside them where a bounded walk ended before
 * the page was full, and `total_at_least` where counting ended before the list did.
 */
#ifndef LIST_LIST_HTTP_H
#define LIST_LIST_HTTP_H

#include "http/route.h"
#include "list/listing.h"

handler_fn get_list;

/* Aborts with the reason when a list of the route table is not complete; called at start. */
void lists_check(void);

#define LIST_PARAMS_MAX 24

/* The query parameters that a list takes, into room for LIST_PARAMS_MAX; returns how many. */
size_t list_params(const struct listing *listing, const char **names);

/* A row of the route table: GET, and the list is what is answered. */
#define LIST(listing) get_list, NULL, NULL, &(listing), NULL

#endif
