#include "http/rate.h"

#include <pthread.h>
#include <string.h>
#include <sys/random.h>

#include "metric/metric.h"

#define SHARDS 16
#define RATE_SETS 256
#define RATE_WAYS 4

/* Times are of the clock_us() kind. `free_at` is when the bucket will be full again (GCRA). */
struct counter {
    uint64_t who;
    int64_t free_at;
};

struct shard {
    pthread_mutex_t lock;
    struct counter sets[RATE_SETS][RATE_WAYS];
};

struct rate_pace {
    int64_t every_us; /* one call, in the long run */
    int64_t burst; /* this many at once */
};

static const struct rate_pace rate_paces[RATE_COUNT] = {
#define RATE(rate, name, every_us, burst, text) [rate] = { every_us, burst },
#define LIMIT(limit, name, most, seconds, whose, text)
#include "auth/limit.def"
#undef RATE
#undef LIMIT
};

static const char *const rate_names[RATE_COUNT] = {
#define RATE(rate, name, every_us, burst, text) [rate] = name,
#define LIMIT(limit, name, most, seconds, whose, text)
#include "auth/limit.def"
#undef RATE
#undef LIMIT
};

static struct shard shards[SHARDS];
static bool counted[RATE_COUNT];
static uint64_t seed; /* so that nobody can choose whose counter shares a set with theirs */

void rate_reset(bool limits)
{
    for (int i = 0; i < SHARDS; i++) {
        pthread_mutex_init(&shards[i].lock, NULL);
        memset(shards[i].sets, 0, sizeof shards[i].sets);
    }
    for (enum rate_class rate = RATE_UNSET + 1; rate < RATE_COUNT; rate++)
        metric_name(LABEL_RATE, rate, rate_names[rate]);
    for (enum rate_class rate = RATE_UNSET; rate < RATE_COUNT; rate++)
        counted[rate] = rate_paces[rate].burst && (limits || rate == RATE_SIGN_IN);
    if (getrandom(&seed, sizeof seed, 0) != (ssize_t)sizeof seed)
        seed = 0x9e3779b97f4a7c15;
}

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
    x = (x ^ x >> 27) * 0x94d049bb133111eb;
    return x ^ x >> 31;
}

uint64_t rate_key_account(int64_t org_id, int64_t user_id)
{
    return mix(mix((uint64_t)org_id ^ seed) + (uint64_t)user_id);
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = mix(hash ^ (unsigned char)*text);
    return hash;
}

uint64_t rate_key_name(int64_t org_id, const char *name)
{
    return mix_text(mix((uint64_t)org_id ^ ~seed), name);
}

uint64_t rate_key_address(const char *address)
{
    return mix_text(~seed, address);
}

static struct counter *counter_of(struct counter set[RATE_WAYS], uint64_t who, int64_t now_us)
{
    struct counter *calmest = &set[0];

    for (int i = 0; i < RATE_WAYS; i++) {
        if (set[i].who == who)
            return &set[i];
        if (set[i].free_at < calmest->free_at)
            calmest = &set[i];
    }
    *calmest = (struct counter){ who, now_us };
    return calmest;
}

static bool rate_take_from(
    struct counter *counter, const struct rate_pace *pace, int64_t now_us, int *seconds)
{
    const int64_t from = counter->free_at > now_us ? counter->free_at : now_us;
    const int64_t ahead = from + pace->every_us - now_us;
    const int64_t over = ahead - pace->burst * pace->every_us;

    if (over > 0) {
        *seconds = (int)(over / 1000000) + 1;
        return false;
    }
    counter->free_at = from + pace->every_us;
    return true;
}

bool rate_take(enum rate_class rate, uint64_t who, int64_t now_us, int *retry_seconds)
{
    if (!counted[rate])
        return true;

    /* Looking and watching drain one bucket. */
    const uint64_t key = mix(who + (uint64_t)(rate == RATE_WATCH ? RATE_READ : rate));
    struct shard *shard = &shards[key % SHARDS];

    pthread_mutex_lock(&shard->lock);
    struct counter *counter = counter_of(shard->sets[key / SHARDS % RATE_SETS], key, now_us);
    const bool fine = rate_take_from(counter, &rate_paces[rate], now_us, retry_seconds);
    pthread_mutex_unlock(&shard->lock);
    if (!fine)
        metric_add(METRIC_RATE_LIMITED + rate, 1);
    return fine;
}
