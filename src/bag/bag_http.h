/*
 * Handlers of bag lists and histories.
 */
#ifndef BAG_BAG_HTTP_H
#define BAG_BAG_HTTP_H

#include "http/route.h"

handler_fn get_bags, get_bag_history, get_scans;

#endif
