/*
 * Rate: how often one account, or one address, may send requests. auth/limit.def has the classes.
 *
 * A signed-in call counts for its account and any other for its address, so a hundred phones behind
 * one address don't lock each other out. Each server counts for itself: this slows down runaway
 * clients and is not an exact promise. Memory is bounded: if a set of counters is full, the one
 * that is closest to unused is forgotten first. From any thread.
 */
#ifndef HTTP_RATE_H
#define HTTP_RATE_H

#include <stdbool.h>
#include <stdint.h>

#include "http/route.h"

/* Forget everything. With `limits` false only RATE_SIGN_IN is counted. */
void rate_reset(bool limits);

/*
 * Count a request of this class by `who` (a hash, see rate_key_account() and rate_key_address()) at
 * `now_us`. True if it is allowed; otherwise *retry_seconds is the time to wait.
 */
bool rate_take(enum rate_class rate, uint64_t who, int64_t now_us, int *retry_seconds);

/* Keys: whose requests are counted. */
uint64_t rate_key_account(int64_t org_id, int64_t user_id);
uint64_t rate_key_name(int64_t org_id, const char *name); /* as typed; there may be no such user */
uint64_t rate_key_address(const char *address);

#endif
