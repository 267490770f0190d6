/*
 * Search handler: the HTTP request of the search field for bags, bills, return tickets and users.
 *
 * A handler serves one route of src/routes.c: bool (call, request, reply). If it returns false, the
 * recorded fault (the reason of the failure) becomes the answer.
 */
#ifndef SEARCH_SEARCH_HTTP_H
#define SEARCH_SEARCH_HTTP_H

#include "http/route.h"

/* GET /api/search?q=...&limit=...: find what has the text `q` in its code or name, by search_find()
 * (search/search.h). Answers {items, near}: what was found, and if that is nothing, what has a code
 * that differs by one mistake. */
handler_fn get_search;

#endif
