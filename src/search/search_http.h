/*
 * Handlers: one search field for bags and bills.
 */
#ifndef SEARCH_SEARCH_HTTP_H
#define SEARCH_SEARCH_HTTP_H

#include "http/route.h"

handler_fn get_search;

#endif
