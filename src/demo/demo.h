/*
 * Demo: fills an empty database with made-up data of any size, as if left by a year of work.
 *
 * It makes people, parents (large bags that hold child bags) with their children, bills (dispatch
 * documents that parents are put on) and every scan (one reading of a label). The stored totals are
 * those that a recount gives. The same settings give the same bags. All of it is one transaction,
 * and needs the same memory for a thousand bags or a hundred million.
 */
#ifndef DEMO_DEMO_H
#define DEMO_DEMO_H

#include "base/call.h"

/* The smallest number of bags that demo_fill() can make, parents and children together. */
#define DEMO_BAGS_MIN 300

/* The largest number of bags that demo_fill() can make, parents and children together. */
#define DEMO_BAGS_MAX 1000000000

/* The input of demo_fill(): which data to make. */
struct demo_settings {
    int64_t bags; /* parents and children, DEMO_BAGS_MIN to DEMO_BAGS_MAX */
    int64_t seed; /* of the random numbers */
    const char *password; /* of all users that are made */
};

/* The result of demo_fill(): how many rows were made. */
struct demo_stats {
    int64_t parents, children, linked, /* linked: children in a parent */
        in_progress, completed, /* parents by status; the others are empty */
        scans, bills, bills_done; /* scans that count in the totals; bills_done: completed */
};

/* Fill the database and set *stats. `owner` is the connection string of the schema's owner; `call`
 * is the command's unit of work and must have no database session: this opens its own, commits what
 * it has filled, and closes it. FAULT_REFUSED if there are bags, bills or scans already, or if the
 * standard families of bags are not there; FAULT_DATABASE if the connection
 * fails. */
MUST_USE bool demo_fill(struct call *call, const char *owner, const struct demo_settings *settings,
    struct demo_stats *stats);

#endif
