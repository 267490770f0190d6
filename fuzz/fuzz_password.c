/* A stored hash: one that asks for too much is refused before any work is done. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "auth/password.h"
#include "fuzz.h"

/* Dearer than this is too slow to be tried thousands of times. */
#define CHEAP INT64_C(4096)

/* Four times the work of our own hashes. */
#define WORK_MAX (INT64_C(4) * 32768 * 8)

/* No honest refusal takes as long, in microseconds of this thread's own time. */
#define REFUSAL_MAX INT64_C(100000)

enum price { PRICE_NONE, PRICE_CHEAP, PRICE_DEAR, PRICE_ABSURD };

/* Judged by other means than the parser's own. */
static enum price price_of(const char *hash)
{
    int64_t n, r, p;

    if (sscanf(hash, "scrypt:%18" SCNd64 ":%18" SCNd64 ":%18" SCNd64 "$", &n, &r, &p) != 3)
        return PRICE_NONE;
    if (n < 2 || r < 1 || p < 1 || (n & (n - 1)))
        return PRICE_NONE;
    if (n > WORK_MAX || r > WORK_MAX || p > WORK_MAX || n > WORK_MAX / r || n * r > WORK_MAX / p)
        return PRICE_ABSURD;
    return n * r * p <= CHEAP ? PRICE_CHEAP : PRICE_DEAR;
}

static int64_t own_microseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    const char *hash = arena_bytes(&call->arena, bytes, length);
    const enum price price = price_of(hash);
    const int64_t start = own_microseconds();
    bool matches = true;

    if (price == PRICE_DEAR) {
        (void)password_needs_upgrade(hash);
        return;
    }

    /* A hash that can't be read is nobody's, which is no fault of the call. */
    assert(password_matches(call, HASH_SLOT_WAIT, "correct horse", hash, &matches));
    assert(password_needs_upgrade(hash));
    if (price == PRICE_CHEAP)
        return;
    assert(!matches);
    assert(own_microseconds() - start < REFUSAL_MAX);
}
