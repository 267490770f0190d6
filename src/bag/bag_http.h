/*
 * Handlers: lists of bags, the history of a bag, lists of scans.
 */
#ifndef BAG_BAG_HTTP_H
#define BAG_BAG_HTTP_H

#include "http/route.h"

handler_fn get_bags, get_bag_history, get_scans;

#endif
