#include "stats/counter.h"

#include <stdatomic.h>
#include <unistd.h>

int counter_slot(const struct call *call)
{
    static atomic_int taken;
    static _Thread_local int slot = -1;

    (void)call;
    /* The process id spreads servers of one machine; a prime step keeps their ranges apart. */
    if (slot < 0)
        slot = (int)(((unsigned)getpid() * 13u + (unsigned)atomic_fetch_add(&taken, 1))
            % COUNTER_SLOTS);

    return slot;
}
