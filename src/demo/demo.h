/*
 * Demo: made-up data of any size, as a year of work would have left it.
 *
 * People, parents with their children, bills, and every scan; totals that agree with a recount. The
 * same settings give the same bags. All of it is one transaction, and takes the same memory for a
 * thousand bags or a hundred million.
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include "base/call.h"

#define DEMO_BAGS_MIN 300
#define DEMO_BAGS_MAX 1000000000

struct demo_settings {
    int64_t bags;
    int64_t seed;
    const char *password; /* of everybody in it */
};

struct demo_stats {
    int64_t parents, children, linked, in_progress, completed, scans, bills, bills_done;
};

/*
 * Fill the database behind `owner`, the owner of the schema. FAULT_REFUSED when there are bags,
 * bills or scans in it already; FAULT_DATABASE.
 */
MUST_USE bool demo_fill(struct call *call, const char *owner, const struct demo_settings *settings,
    struct demo_stats *stats);

#endif
