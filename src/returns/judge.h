/*
 * Judge: the rules of what comes back, in plain C with no database in sight.
 *
 * As in packing/judge.h, each scan is decided by what those before it have left, and what is to be
 * written is how bags, bills and tickets differ from what they were. Putting a parent back onto its
 * bill is decided here, too, one parent after the other.
 */
#ifndef RETURNS_JUDGE_H
#define RETURNS_JUDGE_H

#include "bill/bill.h"
#include "judge/earlier_scan.h"
#include "judge/judged_bag.h"
#include "returns/ticket.h"

enum return_outcome {
    RETURN_JUDGED,
    RETURN_NO_TICKET,
    RETURN_ID_USED, /* another scan has this id */
};

struct returned_totals {
    enum bill_status status;
    int64_t linked, returned, children, weight_g, expected_g;
};

/* A parent scanned onto a ticket. */
struct return_scan {
    /* in: set by the caller, texts live until the scan is answered */
    struct arena *arena; /* for what the answer needs; nobody else uses it meanwhile */
    unsigned char id[16]; /* made by the device */
    const char *ticket; /* as ticket_code_clean() gives it */
    const char *qr; /* as bag_code_clean() gives it */
    int64_t user_id;
    const char *address, *request_id; /* for the audit log */

    /* out */
    bool known; /* answered before: this is the first answer, and nothing is to be done */
    enum return_outcome outcome;
    enum verdict verdict; /* VERDICT_DONE: it came back. The rest is told of a judged scan only */
    const char *bill; /* that it came off, in `arena`; else NULL */
    int64_t bags, children, weight_kg; /* on the ticket, just after this scan */
    int64_t bag_children, bag_weight_kg; /* NO_I64 when it is no parent of ours */
    int64_t ticket_id, bill_id, parent_id, child_id; /* NO_I64: none */
    struct returned_totals before, after; /* of the bill that it came off */
    int64_t linked, capacity; /* of that bill just after it; NO_I64: none */
    bool closed; /* that bill is completed */
};

/* A bill that parents come back from, or go back onto. */
struct returned_bill {
    int64_t id, capacity;
    const char *code;
    struct returned_totals was, is;
};

struct judged_ticket_totals {
    int64_t bags, children, weight_g;
};

struct judged_ticket {
    int64_t id;
    const char *code;
    enum ticket_status status;
    struct judged_ticket_totals was, is;
};

/* A parent that is on a ticket. */
struct ticket_place {
    int64_t ticket_id, bag_id;
};

struct return_judge {
    struct judged_bags bags;
    struct returned_bill *bills; /* every bill that one of the bags is on, or was */
    size_t bills_count;
    struct judged_ticket *tickets; /* every ticket that is named, and is there */
    size_t tickets_count;
    struct ticket_place *places; /* with room for one more from each scan */
    size_t places_count;
    struct list earlier; /* struct earlier_scan */
};

/* Decide all scans, in their order: each gets its verdict, and bags, bills and tickets become what
 * they have to be stored as. */
void return_judge_scans(struct return_judge *judge, struct return_scan *const *scans, size_t count);

/* A parent that is to go back from its ticket onto its bill. */
struct restored {
    /* in */
    int64_t bag_id, bill_id;
    int64_t child_count,
        weight_g; /* as they were when it came back, and as the ticket counts them */
    const char *qr; /* NULL: the bag is gone */
    bool is_latest; /* it has not come back on another ticket since */

    /* out */
    enum ticket_stay stay; /* TICKET_STAY_NONE: it is back */
    unsigned char id[16]; /* of the scan that the history gets */
    int64_t linked, capacity; /* of the bill just after it */
    bool closed;
};

/* Put it back, if that can be: the bag, the bill and the ticket become what they have to be stored
 * as. */
void return_judge_restore(struct return_judge *judge, struct judged_ticket *ticket,
    struct restored *restored, int64_t user_id);

bool returned_bill_is_changed(const struct returned_bill *bill);
bool judged_ticket_is_changed(const struct judged_ticket *ticket);

/* By how much the number of completed bills has changed. */
int64_t return_judge_completed(const struct return_judge *judge);

#endif
