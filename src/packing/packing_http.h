/*
 * Packing handlers: the HTTP requests about the contents of parent bags (large bags that hold child
 * bags), except the scans of packing/link_http.h.
 *
 * A handler serves one route of src/routes.c: bool (call, request, reply). If it returns false, the
 * recorded fault (the reason of the failure) becomes the answer. {qr} and {child} are codes of
 * bags.
 */
#ifndef PACKING_PACKING_HTTP_H
#define PACKING_PACKING_HTTP_H

#include "http/route.h"

/* The handlers of parents: which request each serves, and what it does. */
handler_fn post_parent, /* POST /api/parents: a parent was scanned; create it if it is new */
    post_parent_finish, /* POST /api/parents/{qr}/finish: complete it before it is full */
    post_parent_reopen, /* POST /api/parents/{qr}/reopen: let a completed one take children again */
    put_parent_children, /* PUT /api/parents/{qr}/children: set the list of its children */
    delete_parent_child, /* DELETE /api/parents/{qr}/children/{child}: take one child out */
    post_scan_undo; /* POST /api/scans/undo: take out the child that the user put in last */

/* The handlers of bags: which request each serves, and what it does. */
handler_fn post_bags, /* POST /api/bags: create one bag, or up to 1,000, without scanning them */
    delete_bag; /* DELETE /api/bags/{qr}: delete a bag that is empty, in no parent and on no bill */

#endif
