/*
 * Handlers of bag lists and histories.
 */
#ifndef BAG_BAG_HTTP_H
#define BAG_BAG_HTTP_H

#include "http/route.h"

handler_fn bag_list, bag_history, scan_list;

#endif
