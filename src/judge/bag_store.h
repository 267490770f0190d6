/*
 * Bag store: fetches and locks the bags that a batch of scans names, and writes their changes back.
 *
 * The scans are decided between the two by a judge, plain C without database (packing/judge.h).
 * These functions only add SQL statements to a pipeline (db/db_pipeline.h), which the caller sends
 * on one round trip. All code locks rows in the same order, bags by code and then bills by id, to
 * avoid deadlocks; what was read stays true until the end of the transaction. A bag that does not
 * exist yet can't be locked: of two transactions that create it at once, one fails with
 * FAULT_CONFLICT when its pipeline runs, and its caller runs the whole call again.
 */
#ifndef JUDGE_BAG_STORE_H
#define JUDGE_BAG_STORE_H

#include "db/db_pipeline.h"
#include "judge/judged_bag.h"

/* One fetch of bags. The caller zeroes it and keeps it in place until bag_store_read_rows(). */
struct bag_store {
    struct judged_bags bags; /* the result: complete after bag_store_read_rows() */
    const char **codes; /* the caller's array, sorted */
    struct list rows, ids; /* internal: the rows that were found, and ids for new bags */
};

/* Add to the pipeline the statements that lock and fetch the bags with these codes, fetch all
 * families (kinds of parent bags), and reserve an id for each code that turns out to be new. Sorts
 * `codes` in place, without duplicates; the array must live as long as store->bags is used. */
void bag_store_add_fetch(struct call *call, struct db_pipeline *pipeline, const char **codes,
    size_t count, struct bag_store *store);

/* After the pipeline of bag_store_add_fetch() has run: build store->bags in call->arena. A code
 * without a row becomes a bag of BAG_KIND_NONE with a reserved id. */
void bag_store_read_rows(struct call *call, struct bag_store *store);

/* Add to the pipeline the statements that insert the new bags and update the changed ones, with the
 * values in `is` of each. Adds none if there is nothing to write. */
void bag_store_write(
    struct call *call, struct db_pipeline *pipeline, const struct judged_bags *bags);

#endif
