/*
 * Handlers of packing that are not hot.
 */
#ifndef PACKING_PACKING_HTTP_H
#define PACKING_PACKING_HTTP_H

#include "http/route.h"

handler_fn post_parent, post_parent_finish, post_parent_reopen, put_parent_children,
    delete_parent_child, post_scan_undo;
handler_fn post_bags, delete_bag;

#endif
