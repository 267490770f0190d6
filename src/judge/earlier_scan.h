/*
 * Earlier scans: what an id that a device sends again was answered the first time.
 */
#ifndef JUDGE_EARLIER_SCAN_H
#define JUDGE_EARLIER_SCAN_H

#include "bag/bag_words.h"
#include "bag/verdict.h"
#include "db/db_pipeline.h"

/* A code is NULL where there is no such bag or bill, or where it is gone. */
struct earlier_scan {
    int64_t n; /* which of the ids asked for, from 1 */
    enum scan_kind kind;
    enum verdict verdict;
    int64_t user_id;
    const char *parent, *child, *bill, *ticket;
    const char *other; /* VERDICT_ELSEWHERE: the other parent, or the other bill */
    bool parent_known, child_known; /* it had such a bag */
    const char *scanned; /* what was scanned, where something is no bag of ours */
    int64_t held, capacity;
    bool closed;
    /* of a bill's scan: the bill's figures then; and the bag's, NO_I64 when it was no parent */
    int64_t children, weight_g, expected_g;
    int64_t bag_children, bag_capacity, bag_weight_g;
    int64_t ticket_bags; /* of a return, whose other figures are the ticket's */
};

/* Ask for those that have one of the ids, of which there is one at least. */
void earlier_scans_ask(
    struct call *call, struct db_pipeline *pipeline, struct db_uuids ids, struct list *earlier);

/* Whether both are the same text; never, when there was none. */
bool earlier_scan_says(const char *earlier, const char *now);

#endif
