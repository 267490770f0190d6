#include "export/export_slots.h"

#include <assert.h>
#include <pthread.h>

#define PLACES_MAX 64
#define EXPORT_SLOTS_RETRY_SECONDS 5

struct export_slots_place {
    int64_t org_id, person_id; /* 0: free */
};

static pthread_mutex_t export_slots_lock = PTHREAD_MUTEX_INITIALIZER;
static struct export_slots_place export_slots_places[PLACES_MAX];
static int most = 1;

void export_slots_set(int at_once)
{
    assert(at_once > 0);
    pthread_mutex_lock(&export_slots_lock);
    most = at_once < PLACES_MAX ? at_once : PLACES_MAX;
    pthread_mutex_unlock(&export_slots_lock);
}

static struct export_slots_place *export_slots_find(int64_t org_id, int64_t person_id)
{
    for (int i = 0; i < most; i++)
        if (export_slots_places[i].org_id == org_id
            && export_slots_places[i].person_id == person_id)
            return &export_slots_places[i];
    return NULL;
}

/* What is in the way, or REASON_NONE. */
static enum reason export_slots_claim(const struct call *call)
{
    struct export_slots_place *own = export_slots_find(call->org_id, call->person.id);
    struct export_slots_place *free_one = export_slots_find(0, 0);

    if (own)
        return REASON_EXPORT_OWN;
    if (!free_one)
        return REASON_EXPORTS_BUSY;
    *free_one = (struct export_slots_place){ call->org_id, call->person.id };
    return REASON_NONE;
}

bool export_slot_take(struct call *call)
{
    pthread_mutex_lock(&export_slots_lock);
    const enum reason reason = export_slots_claim(call);
    pthread_mutex_unlock(&export_slots_lock);

    if (reason == REASON_NONE)
        return true;
    (void)fail_with_words(call, reason, NULL);
    call->fault.retry_seconds = EXPORT_SLOTS_RETRY_SECONDS;
    return false;
}

void export_slot_release(const struct call *call)
{
    pthread_mutex_lock(&export_slots_lock);
    struct export_slots_place *own = export_slots_find(call->org_id, call->person.id);

    assert(own);
    *own = (struct export_slots_place){ 0, 0 };
    pthread_mutex_unlock(&export_slots_lock);
}
