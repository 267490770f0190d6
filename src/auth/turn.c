#include "auth/turn.h"

#include <assert.h>
#include <pthread.h>

#define RETRY_SECONDS 2

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;

/* Tickets are handed out in order; those below `ended` + `most_at_once` have their turn. */
static unsigned long tickets, ended;
static unsigned long most_at_once = 1;
static int workers, workers_most = 1;

void turn_open(int at_once, int workers_max)
{
    assert(at_once > 0 && workers_max > 0);
    pthread_mutex_lock(&lock);
    most_at_once = (unsigned long)at_once;
    workers_most = workers_max;
    pthread_mutex_unlock(&lock);
}

static bool admit(enum turn turn)
{
    if (turn == TURN_WAIT)
        return true;
    if (workers >= workers_most)
        return false;
    workers++;
    return true;
}

bool turn_begin(struct call *call, enum turn turn)
{
    pthread_mutex_lock(&lock);

    const bool admitted = admit(turn);

    if (admitted) {
        const unsigned long ticket = tickets++;

        while (ticket >= ended + most_at_once)
            pthread_cond_wait(&moved, &lock);
    }
    pthread_mutex_unlock(&lock);

    if (admitted)
        return true;

    fail(call, FAULT_OVERLOADED, "%d workers are busy with passwords", workers_most);
    call->fault.retry_seconds = RETRY_SECONDS;
    return false;
}

void turn_end(enum turn turn)
{
    pthread_mutex_lock(&lock);
    ended++;
    if (turn == TURN_OR_FAIL)
        workers--;
    pthread_cond_broadcast(&moved);
    pthread_mutex_unlock(&lock);
}
