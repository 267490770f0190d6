/*
 * Forwarded: finds the address of the client behind trusted proxies, from X-Forwarded-For.
 *
 * Each proxy appends the address from which it received the request, some with the port. Only what
 * our own proxies have appended can be trusted; anything before it was sent by the client.
 */
#ifndef HTTP_FORWARDED_H
#define HTTP_FORWARDED_H

#include "base/arena.h"

/* The client's address from `header`, the value of X-Forwarded-For: the entry that is `proxies`
 * (trusted proxies, 1 or more) from the end, or the first one if there are fewer. Returns a text
 * in the arena as inet_ntop() writes it, without port or brackets, IPv4 for an IPv4-mapped address;
 * NULL if there is no entry or it is no address. */
const char *forwarded_address(struct arena *arena, const char *header, int proxies);

#endif
