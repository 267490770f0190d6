#include "server/connection_limits.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "metric/metric.h"

/* Open addressing, at most half full. */
struct limit_group {
    uint64_t key; /* 0: empty */
    int count;
};

static struct {
    pthread_mutex_t lock;
    int most, per_address, size;
    struct limit_group *groups;
    size_t slots; /* a power of two */
} limits = { .lock = PTHREAD_MUTEX_INITIALIZER };

void connection_limits_start(int most, int per_address)
{
    limits.most = most;
    limits.per_address = per_address;
    limits.size = 0;
    metric_set(METRIC_CONNECTIONS, 0);
    limits.slots = 64;

    /* Loops may overshoot `most` by the connection each is just taking. */
    while (limits.slots < 2 * (size_t)most + 128)
        limits.slots *= 2;

    limits.groups = calloc(limits.slots, sizeof *limits.groups);
    if (!limits.groups)
        abort();
}

void connection_limits_stop(void)
{
    free(limits.groups);
    limits.groups = NULL;
}

static uint64_t hash(const void *bytes, size_t length)
{
    uint64_t value = 0xcbf29ce484222325;

    for (size_t i = 0; i < length; i++)
        value = (value ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3;
    value ^= value >> 32;
    return value ? value : 1;
}

uint64_t connection_limits_key(const struct sockaddr *address)
{
    const struct sockaddr_in *four = (const void *)address;
    const struct sockaddr_in6 *six = (const void *)address;

    if (address->sa_family == AF_INET)
        return hash(&four->sin_addr, 4);
    if (address->sa_family != AF_INET6)
        return 1;
    if (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
        return hash(six->sin6_addr.s6_addr + 12, 4);
    return hash(&six->sin6_addr, 8);
}

/* The key's place, or the empty one where it would go. */
static size_t place_of(uint64_t key)
{
    size_t i = key & (limits.slots - 1);

    while (limits.groups[i].key && limits.groups[i].key != key)
        i = (i + 1) & (limits.slots - 1);
    return i;
}

bool connection_limits_allow(uint64_t key)
{
    pthread_mutex_lock(&limits.lock);
    const int count = limits.groups[place_of(key)].count;
    const bool room =
        limits.size < limits.most && (!limits.per_address || count < limits.per_address);
    pthread_mutex_unlock(&limits.lock);
    if (!room)
        metric_add(METRIC_TURNED_AWAY, 1);
    return room;
}

void connection_limits_add(uint64_t key)
{
    pthread_mutex_lock(&limits.lock);
    struct limit_group *group = &limits.groups[place_of(key)];

    group->key = key;
    group->count++;
    limits.size++;
    metric_add(METRIC_CONNECTIONS, 1);
    pthread_mutex_unlock(&limits.lock);
}

/* Empty the place and move up what had to step aside for it, so that no search stops short. */
static void vacate(size_t hole)
{
    const size_t mask = limits.slots - 1;

    for (size_t i = (hole + 1) & mask; limits.groups[i].key; i = (i + 1) & mask) {
        const size_t home = limits.groups[i].key & mask;

        if (((i - home) & mask) >= ((i - hole) & mask)) {
            limits.groups[hole] = limits.groups[i];
            hole = i;
        }
    }
    limits.groups[hole] = (struct limit_group){ 0 };
}

void connection_limits_remove(uint64_t key)
{
    pthread_mutex_lock(&limits.lock);
    const size_t place = place_of(key);

    limits.size--;
    metric_add(METRIC_CONNECTIONS, -1);
    if (--limits.groups[place].count == 0)
        vacate(place);
    pthread_mutex_unlock(&limits.lock);
}

int connection_limits_count(void)
{
    pthread_mutex_lock(&limits.lock);
    const int size = limits.size;
    pthread_mutex_unlock(&limits.lock);
    return size;
}
