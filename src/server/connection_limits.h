/*
 * Crowd: how many connections there are, in all and from each address, over all loops.
 *
 * An IPv6 customer has a whole /64, so that is what counts as an address.
 */
#ifndef SERVER_CONNECTION_LIMITS_H
#define SERVER_CONNECTION_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

struct sockaddr;

/* per_address 0: any number. */
void connection_limits_start(int most, int per_address);
void connection_limits_stop(void);

/* The key of an address. */
uint64_t connection_limits_key(const struct sockaddr *address);

/* Whether one more may come. */
bool connection_limits_allow(uint64_t key);

void connection_limits_add(uint64_t key);
void connection_limits_remove(uint64_t key);
int connection_limits_count(void);

#endif
