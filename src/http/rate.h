/*
 * Rate: how often one account, or one address, may ask. The classes are in auth/limit.def.
 *
 * A signed-in call counts for its account and any other for its address, so a hundred phones behind
 * one address don't lock each other out. Counters are this server's own: they are a brake against
 * runaway clients, not a promise. Memory is bounded: in a full corner the calmest counter is
 * forgotten first. From any thread.
 */
#ifndef HTTP_RATE_H
#define HTTP_RATE_H

#include <stdbool.h>
#include <stdint.h>

#include "http/route.h"

/* Forget everything. `limits` false: only RATE_SIGN_IN is counted. */
void rate_reset(bool limits);

/*
 * One more of this class by `who` (a hash; see rate_key_account(), rate_key_address()) at `now_us`:
 * true when it may go on, else *retry_seconds says when to come back.
 */
bool rate_take(enum rate_class rate, uint64_t who, int64_t now_us, int *retry_seconds);

uint64_t rate_key_account(int64_t org_id, int64_t user_id);
uint64_t rate_key_name(int64_t org_id, const char *name); /* that was typed: perhaps nobody's */
uint64_t rate_key_address(const char *address);

#endif
