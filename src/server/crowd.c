#include "server/crowd.h"

#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Open addressing, at most half full. */
struct group {
    uint64_t key; /* 0: empty */
    int count;
};

static struct {
    pthread_mutex_t lock;
    int most, per_address, size;
    struct group *groups;
    size_t slots; /* a power of two */
} crowd = { .lock = PTHREAD_MUTEX_INITIALIZER };

void crowd_open(int most, int per_address)
{
    crowd.most = most;
    crowd.per_address = per_address;
    crowd.size = 0;
    crowd.slots = 64;

    /* Loops may overshoot `most` by the connection each is just taking. */
    while (crowd.slots < 2 * (size_t)most + 128)
        crowd.slots *= 2;

    crowd.groups = calloc(crowd.slots, sizeof *crowd.groups);
    if (!crowd.groups)
        abort();
}

void crowd_close(void)
{
    free(crowd.groups);
    crowd.groups = NULL;
}

static uint64_t hash(const void *bytes, size_t length)
{
    uint64_t value = 0xcbf29ce484222325;

    for (size_t i = 0; i < length; i++)
        value = (value ^ ((const unsigned char *)bytes)[i]) * 0x100000001b3;
    value ^= value >> 32;
    return value ? value : 1;
}

uint64_t crowd_of(const struct sockaddr *address)
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
    size_t i = key & (crowd.slots - 1);

    while (crowd.groups[i].key && crowd.groups[i].key != key)
        i = (i + 1) & (crowd.slots - 1);
    return i;
}

bool crowd_has_room(uint64_t key)
{
    pthread_mutex_lock(&crowd.lock);
    const int count = crowd.groups[place_of(key)].count;
    const bool room = crowd.size < crowd.most && (!crowd.per_address || count < crowd.per_address);
    pthread_mutex_unlock(&crowd.lock);
    return room;
}

void crowd_enter(uint64_t key)
{
    pthread_mutex_lock(&crowd.lock);
    struct group *group = &crowd.groups[place_of(key)];

    group->key = key;
    group->count++;
    crowd.size++;
    pthread_mutex_unlock(&crowd.lock);
}

/* Empty the place and move up what had to step aside for it, so that no search stops short. */
static void vacate(size_t hole)
{
    const size_t mask = crowd.slots - 1;

    for (size_t i = (hole + 1) & mask; crowd.groups[i].key; i = (i + 1) & mask) {
        const size_t home = crowd.groups[i].key & mask;

        if (((i - home) & mask) >= ((i - hole) & mask)) {
            crowd.groups[hole] = crowd.groups[i];
            hole = i;
        }
    }
    crowd.groups[hole] = (struct group){ 0 };
}

void crowd_leave(uint64_t key)
{
    pthread_mutex_lock(&crowd.lock);
    const size_t place = place_of(key);

    crowd.size--;
    if (--crowd.groups[place].count == 0)
        vacate(place);
    pthread_mutex_unlock(&crowd.lock);
}

int crowd_size(void)
{
    pthread_mutex_lock(&crowd.lock);
    const int size = crowd.size;
    pthread_mutex_unlock(&crowd.lock);
    return size;
}
