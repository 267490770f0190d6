/*
 * Crowd: how many connections there are, in all and from each address, over all loops.
 *
 * An IPv6 customer has a whole /64, so that is what counts as an address.
 */
#ifndef SERVER_CROWD_H
#define SERVER_CROWD_H

#include <stdbool.h>
#include <stdint.h>

struct sockaddr;

/* per_address 0: any number. */
void crowd_open(int most, int per_address);
void crowd_close(void);

/* The key of an address. */
uint64_t crowd_of(const struct sockaddr *address);

/* Whether one more may come. */
bool crowd_has_room(uint64_t key);

void crowd_enter(uint64_t key);
void crowd_leave(uint64_t key);
int crowd_size(void);

#endif
