/*
 * Forwarded: whose request it is that a proxy passes on, by X-Forwarded-For.
 *
 * Each proxy appends the address it was asked from, some with the port. Only what our own proxies
 * have appended can be believed; what stands before is the client's word.
 */
#ifndef HTTP_FORWARDED_H
#define HTTP_FORWARDED_H

#include "base/arena.h"

/*
 * The address that the outermost of `proxies` (1 or more) trusted proxies was asked from, in the
 * form that inet_ntop() gives it: no port, no brackets, IPv4 for an IPv4-mapped one. NULL when
 * there is none, or it is no address.
 */
const char *forwarded_address(struct arena *arena, const char *header, int proxies);

#endif
