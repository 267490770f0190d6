#include "export/gate.h"

#include <assert.h>
#include <pthread.h>

#define PLACES_MAX 64
#define RETRY_SECONDS 5

struct place {
    int64_t org_id, person_id; /* 0: free */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct place places[PLACES_MAX];
static int most = 1;

void gate_open(int at_once)
{
    assert(at_once > 0);
    pthread_mutex_lock(&lock);
    most = at_once < PLACES_MAX ? at_once : PLACES_MAX;
    pthread_mutex_unlock(&lock);
}

static struct place *find(int64_t org_id, int64_t person_id)
{
    for (int i = 0; i < most; i++)
        if (places[i].org_id == org_id && places[i].person_id == person_id)
            return &places[i];
    return NULL;
}

/* What is in the way, or FAULT_NONE. */
static enum fault_code take(const struct call *call)
{
    struct place *own = find(call->org_id, call->person.id);
    struct place *free_one = find(0, 0);

    if (own)
        return FAULT_TOO_OFTEN;
    if (!free_one)
        return FAULT_OVERLOADED;
    *free_one = (struct place){ call->org_id, call->person.id };
    return FAULT_NONE;
}

bool gate_enter(struct call *call)
{
    pthread_mutex_lock(&lock);
    const enum fault_code fault = take(call);
    pthread_mutex_unlock(&lock);

    if (fault == FAULT_NONE)
        return true;
    (void)fail_telling(call, fault,
        fault == FAULT_TOO_OFTEN ? "Your last export is still being written."
                                 : "Other exports are being written.");
    call->fault.retry_seconds = RETRY_SECONDS;
    return false;
}

void gate_leave(const struct call *call)
{
    pthread_mutex_lock(&lock);
    struct place *own = find(call->org_id, call->person.id);

    assert(own);
    *own = (struct place){ 0, 0 };
    pthread_mutex_unlock(&lock);
}
