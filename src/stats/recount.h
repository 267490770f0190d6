/*
 * Recount: checks the stored figures by counting everything again.
 *
 * Totals of the organisation, and the contents of parent bags, bills and return tickets, are stored
 * and updated in the transactions that change the facts. A recount proves them right. Each
 * organisation is counted by one SQL statement, so in one snapshot, while people work.
 */
#ifndef STATS_RECOUNT_H
#define STATS_RECOUNT_H

#include "base/call.h"
#include "base/shape.h"

/* A stored figure that is wrong. */
struct recount_difference {
    const char *figure; /* which: "linked", or the code of a bag, bill or ticket and "weight_g" */
    int64_t kept, counted; /* the stored value, and the right one */
};

/* Count the data of all organisations and put the wrong figures into *differences (struct
 * recount_difference, in call->arena), at most 10,000 of each organisation; none if all is well.
 * Needs an open transaction, and changes call->org_id. FAULT_DATABASE. */
MUST_USE bool recount_differences(struct call *call, struct list *differences);

#endif
