#include "auth/hash_slots.h"

#include <assert.h>
#include <pthread.h>

#define HASH_SLOTS_RETRY_SECONDS 2

static pthread_mutex_t hash_slots_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;

/* Tickets are handed out in order; those below `ended` + `most_at_once` have their turn. */
static unsigned long tickets, ended;
static unsigned long most_at_once = 1;
static int workers, workers_most = 1;

void hash_slots_set(int at_once, int workers_max)
{
    assert(at_once > 0 && workers_max > 0);
    pthread_mutex_lock(&hash_slots_lock);
    most_at_once = (unsigned long)at_once;
    workers_most = workers_max;
    pthread_mutex_unlock(&hash_slots_lock);
}

static bool hash_slots_admit(enum hash_slot slot)
{
    if (slot == HASH_SLOT_WAIT)
        return true;
    if (workers >= workers_most)
        return false;
    workers++;
    return true;
}

bool hash_slot_take(struct call *call, enum hash_slot slot)
{
    pthread_mutex_lock(&hash_slots_lock);

    const bool admitted = hash_slots_admit(slot);

    if (admitted) {
        const unsigned long ticket = tickets++;

        while (ticket >= ended + most_at_once)
            pthread_cond_wait(&moved, &hash_slots_lock);
    }
    pthread_mutex_unlock(&hash_slots_lock);

    if (admitted)
        return true;

    fail(call, FAULT_OVERLOADED, "%d workers are busy with passwords", workers_most);
    call->fault.retry_seconds = HASH_SLOTS_RETRY_SECONDS;
    return false;
}

void hash_slot_release(enum hash_slot slot)
{
    pthread_mutex_lock(&hash_slots_lock);
    ended++;
    if (slot == HASH_SLOT_OR_FAIL)
        workers--;
    pthread_cond_broadcast(&moved);
    pthread_mutex_unlock(&hash_slots_lock);
}
