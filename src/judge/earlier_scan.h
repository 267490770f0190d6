/*
 * Earlier scan: the stored answer to a scan whose id a device sends again.
 *
 * A scan is one reading of a bag's label. The device gives it a UUID and sends it until it gets an
 * answer. The id is stored with the verdict (the scan's result, bag/verdict.h) and the figures of
 * the answer, so a repeated scan gets its first answer again and nothing is done twice. A parent is
 * a large bag that holds child bags; a bill is a dispatch document that parents are put on; a
 * ticket is a return ticket, onto which parents that come back are scanned.
 */
#ifndef JUDGE_EARLIER_SCAN_H
#define JUDGE_EARLIER_SCAN_H

#include "bag/bag_words.h"
#include "bag/verdict.h"
#include "db/db_pipeline.h"

/* A stored scan. A code is NULL if the scan named no such thing or it is deleted by now; a number
 * that was not stored is NO_I64. */
struct earlier_scan {
    int64_t n; /* which of the ids asked for, from 1 */
    enum scan_kind kind; /* what it did: put a child into a parent, a parent onto a bill ... */
    enum verdict verdict; /* its result */
    int64_t user_id; /* who scanned */
    const char *parent, *child, *bill, *ticket; /* codes */
    const char *other; /* VERDICT_ELSEWHERE: code of the parent or bill that the bag was in or on */
    bool parent_known, child_known; /* there was such a bag when it was scanned */
    const char *scanned; /* the scanned text, if a code in it was no bag of ours; else NULL */
    int64_t held, capacity; /* after it: children in the parent or parents on the bill; and most */
    bool closed; /* that parent or bill was completed */
    /* A bill's or ticket's child bags and grams after the scan; grams if all parents were full. */
    int64_t children, weight_g, expected_g;
    int64_t bag_children, bag_capacity, bag_weight_g; /* the parent's own; NO_I64: it was none */
    int64_t ticket_bags; /* parents on the ticket after the scan */
};

/* Add to the pipeline (db/db_pipeline.h: SQL statements sent on one round trip) the statement that
 * finds the stored scans with these ids, at least one. When it has run, *earlier has a struct
 * earlier_scan for each id that is stored, in call->arena. */
void earlier_scans_add_fetch(
    struct call *call, struct db_pipeline *pipeline, struct db_uuids ids, struct list *earlier);

/* Whether the stored code `earlier` equals the code `now` of the repeated scan. False if `earlier`
 * is NULL. */
bool earlier_scan_code_matches(const char *earlier, const char *now);

#endif
