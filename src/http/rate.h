/*
 * Rate: the rate limiter for requests, per account or per client address.
 *
 * Each route has a rate class (enum rate_class of http/route.h); auth/limit.def says how many
 * requests each class allows. A request of a signed-in user counts for the account, so a hundred
 * phones behind one address don't lock each other out; any other request, and any to a route that
 * is open to all, counts for the client's address. Each server process counts alone: this slows
 * down runaway clients and is not exact. Memory is bounded: if a set of counters is full, the one
 * that is closest to unused is dropped. All functions may be called on any thread, except
 * rate_reset().
 */
#ifndef HTTP_RATE_H
#define HTTP_RATE_H

#include <stdbool.h>
#include <stdint.h>

#include "http/route.h"

/* Set all counts to zero, before the server's threads start. `limits` true: all classes with a
 * limit in auth/limit.def are limited; false (for load tests): only RATE_SIGN_IN. */
void rate_reset(bool limits);

/* Count a request of the class `rate` by the client `who`, a key of rate_key_*(), at the time
 * `now_us` (clock_us(), in microseconds). Returns true if the request is allowed. Otherwise it is
 * not counted, and *retry_seconds is the time to wait, 1 or more. */
bool rate_take(enum rate_class rate, uint64_t who, int64_t now_us, int *retry_seconds);

/* The key, a hash, by which rate_take() counts the requests of a signed-in user. */
uint64_t rate_key_account(int64_t org_id, int64_t user_id);

/* The key, a hash, by which rate_take() counts the tries to sign in with one user name of the
 * organisation. `name` is the name or its hash; there may be no such user. */
uint64_t rate_key_name(int64_t org_id, const char *name);

/* The key, a hash, by which rate_take() counts the requests of a client's IP address, a text. */
uint64_t rate_key_address(const char *address);

#endif
