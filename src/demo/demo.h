/*
 * Demo: made-up data of any size, as if left by a year of work.
 *
 * It has people, parents with their children, bills and every scan, and totals that agree with a
 * recount. The same settings give the same bags. All of it is one transaction, and needs the same
 * memory for a thousand bags or a hundred million.
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include "base/call.h"

#define DEMO_BAGS_MIN 300
#define DEMO_BAGS_MAX 1000000000

struct demo_settings {
    int64_t bags;
    int64_t seed;
    const char *password; /* of all its users */
};

struct demo_stats {
    int64_t parents, children, linked, in_progress, completed, scans, bills, bills_done;
};

/*
 * Fill the database; `owner` is the connection string of the schema's owner. FAULT_REFUSED if it
 * already has bags, bills or scans; FAULT_DATABASE.
 */
MUST_USE bool demo_fill(struct call *call, const char *owner, const struct demo_settings *settings,
    struct demo_stats *stats);

#endif
