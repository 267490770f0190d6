/*
 * Bag store: the bags that a batch names, fetched and locked, and what has become of them, written.
 *
 * Rows are locked in one order by all: bags by their codes, then bills by their ids; and nothing
 * that a judge was told can change before the end of the transaction. What nobody can lock, because
 * it isn't there yet, ends in FAULT_CONFLICT where two make it at once: the whole call runs again.
 */
#ifndef JUDGE_BAG_STORE_H
#define JUDGE_BAG_STORE_H

#include "db/db_pipeline.h"
#include "judge/judged_bag.h"

struct bag_store {
    struct judged_bags bags;
    const char **codes;
    struct list rows, ids; /* as they were fetched */
};

/* Ask for the bags with these codes, which are sorted here, for the families, and for new ids. */
void bag_store_ask(struct call *call, struct db_pipeline *pipeline, const char **codes,
    size_t count, struct bag_store *store);

/* After the pipeline has run: `bags` is complete. */
void bag_store_take(struct call *call, struct bag_store *store);

/* Write the bags that are new or changed. */
void bag_store_write(
    struct call *call, struct db_pipeline *pipeline, const struct judged_bags *bags);

#endif
