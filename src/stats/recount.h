/*
 * Recount: compares the stored totals with a new count.
 *
 * Totals, the contents of parents, bills and return tickets are stored, and updated in the
 * transactions that change the facts. This counts all of them again, in one snapshot, to prove them
 * right.
 */
#ifndef STATS_RECOUNT_H
#define STATS_RECOUNT_H

#include "base/call.h"
#include "base/shape.h"

struct recount_difference {
    const char *figure;
    int64_t kept, counted;
};

/*
 * The differences of every organisation, at most 10,000 of each kind. In the call's transaction.
 * FAULT_DATABASE.
 */
MUST_USE bool recount_differences(struct call *call, struct list *differences);

#endif
