/*
 * Connection limits: how many connections are open, in all and per address, over all loops.
 *
 * An IPv6 customer owns a whole /64 network, so that counts as one address.
 */
#ifndef SERVER_CONNECTION_LIMITS_H
#define SERVER_CONNECTION_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

struct sockaddr;

/* `per_address` 0 means no limit per address. */
void connection_limits_start(int most, int per_address);

/* Free the table of connections. */
void connection_limits_stop(void);

/* The key that an address is counted under. */
uint64_t connection_limits_key(const struct sockaddr *address);

/* Whether one more connection is allowed. */
bool connection_limits_allow(uint64_t key);

/* A connection of this address, as connection_limits_key() has it, has begun: count it; it has
 * ended: forget it. */
void connection_limits_add(uint64_t key);

/* A connection that was counted under this key has ended. */
void connection_limits_remove(uint64_t key);

/* How many connections there are. */
int connection_limits_count(void);

#endif
