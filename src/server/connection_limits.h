/*
 * Connection limits: counts the open connections of the whole server, in all and per client
 * address, and says whether one more is allowed.
 *
 * An IPv6 customer owns a whole /64 network, so that counts as one address. All functions but
 * _start() and _stop() may be called on any thread.
 */
#ifndef SERVER_CONNECTION_LIMITS_H
#define SERVER_CONNECTION_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

struct sockaddr;

/* Set the limits and begin to count: `most` connections in all, `per_address` for each client
 * address (0: no such limit). Called at the server's start. */
void connection_limits_start(int most, int per_address);

/* Free the table of counts, after the server has stopped. */
void connection_limits_stop(void);

/* The key, a hash, under which the connections of a client address are counted: of an IPv4 address,
 * or the first 64 bits of an IPv6 one. The port does not count. Never 0. */
uint64_t connection_limits_key(const struct sockaddr *address);

/* Whether one more connection is allowed for the client address with this key. It does not count
 * it. */
bool connection_limits_allow(uint64_t key);

/* Count a connection that was opened, for the client address with this key. */
void connection_limits_add(uint64_t key);

/* Stop counting a connection that was closed; `key` is the one it was added with. */
void connection_limits_remove(uint64_t key);

/* The number of connections that are open now, of all addresses. */
int connection_limits_count(void);

#endif
