/*
 * Handlers of packing that are not hot.
 */
#ifndef PACKING_PACKING_HTTP_H
#define PACKING_PACKING_HTTP_H

#include "http/route.h"

handler_fn parent_open, parent_finish, parent_reopen, parent_set_children, child_unlink, scan_undo;
handler_fn bag_create, bag_delete;

#endif
