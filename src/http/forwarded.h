/*
 * Forwarded: finds the address of the client behind trusted proxies, from X-Forwarded-For.
 *
 * Each proxy appends the address from which it received the request, some with the port. Only what
 * our own proxies have appended can be trusted; anything before it was sent by the client.
 */
#ifndef HTTP_FORWARDED_H
#define HTTP_FORWARDED_H

#include "base/arena.h"

/* Find the client's address in `header`, the value of X-Forwarded-For. With `proxies` trusted
 * proxies (1 or more) it is entry number `proxies` from the end, the last being number 1, or the
 * first entry if there are fewer. Returns a text in the arena without port or brackets, IPv4 for an
 * IPv4-mapped address; NULL if the entry is missing or not an address. */
const char *forwarded_address(struct arena *arena, const char *header, int proxies);

#endif
