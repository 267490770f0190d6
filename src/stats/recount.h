/*
 * Recount: whether the kept figures are what counting gives.
 *
 * Totals, what parents hold and what bills weigh are kept, not counted, and change in the
 * transactions that change the facts. This is the proof: all of them counted anew, in one snapshot.
 */
#ifndef STATS_RECOUNT_H
#define STATS_RECOUNT_H

#include "base/call.h"
#include "base/shape.h"

struct recount_difference {
    const char *figure;
    int64_t kept, counted;
};

/* Of every organisation, at most 10,000 of each. In the call's transaction. FAULT_DATABASE. */
MUST_USE bool recount_differences(struct call *call, struct list *differences);

#endif
