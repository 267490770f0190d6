/*
 * Return judge: decides what happens to parent bags that come back from dealers, in plain C without
 * database.
 *
 * A parent is a large bag that holds child bags; a bill is the document on which it was dispatched;
 * a ticket is a return ticket, onto which it is scanned when it comes back, which takes it off its
 * bill. The verdict is a scan's result (bag/verdict.def). The scans of one batch, which are stored
 * in one transaction, are decided in their order, each by what those before it have changed. Bags,
 * bills and tickets have their state as fetched (`was`) and as decided (`is`): the difference is
 * what returns/store.h writes.
 */
#ifndef RETURNS_JUDGE_H
#define RETURNS_JUDGE_H

#include "bill/bill.h"
#include "judge/earlier_scan.h"
#include "judge/judged_bag.h"
#include "returns/ticket.h"

/* Whether a scan was decided at all. */
enum return_outcome {
    RETURN_JUDGED, /* yes: it has a verdict */
    RETURN_NO_TICKET, /* no: there is no such ticket */
    RETURN_ID_USED, /* no: a different scan has this id */
};

/* The columns of a bill that change when parents come off it or go back onto it. */
struct returned_totals {
    enum bill_status status;
    /* Parents on it; parents that came back since it was completed; in the parents on it: child
     * bags, their grams, and the grams if all these parents were full. */
    int64_t linked, returned, children, weight_g, expected_g;
};

/* A bag scanned onto a ticket: the request, and the answer. */
struct return_scan {
    /* in: set by the caller; the texts live until the scan is answered */
    struct arena *arena; /* memory for the answer; nobody else uses it meanwhile */
    unsigned char id[16]; /* UUID made by the device, which sends it again to repeat the scan */
    const char *ticket; /* the ticket's code, from ticket_code_clean() */
    const char *qr; /* the bag's code, from bag_code_clean() */
    int64_t user_id; /* who scanned */
    const char *address, *request_id; /* client's address, request's id: for the audit log */

    /* out */
    bool known; /* this id was answered before: this is that answer, and nothing is stored */
    enum return_outcome outcome;
    /* The rest has a meaning only if it is RETURN_JUDGED. All weights are grams, _kg too. */
    enum verdict verdict; /* VERDICT_DONE: the parent is on the ticket; else why not */
    const char *bill; /* code of the bill that it came off, in `arena`; else NULL */
    int64_t bags, children, weight_kg; /* the ticket after it: parents, children, their grams */
    int64_t bag_children, bag_weight_kg; /* of the parent; NO_I64: it is no parent */
    /* For the history, so not set if `known`: row ids, and the bill that it came off. */
    int64_t ticket_id, bill_id, parent_id, child_id; /* NO_I64: none */
    struct returned_totals before, after; /* of that bill, around this scan */
    int64_t linked, capacity; /* that bill after this scan, in parents; NO_I64: none */
    bool closed; /* that bill is completed */
};

/* A bill that parents come off or go back onto. */
struct returned_bill {
    int64_t id, capacity; /* capacity in parents */
    const char *code;
    struct returned_totals was, is; /* as fetched; as it has to be stored */
};

/* The columns of a ticket that scans change: parents on it, children and grams in them. */
struct judged_ticket_totals {
    int64_t bags, children, weight_g;
};

/* A ticket that the batch names. */
struct judged_ticket {
    int64_t id;
    const char *code;
    enum ticket_status status;
    struct judged_ticket_totals was, is; /* as fetched; as it has to be stored */
};

/* That a parent (bag_id) is on a ticket: a row of the table between the two. */
struct ticket_place {
    int64_t ticket_id, bag_id;
};

/* All that is fetched from the database to decide one batch of scans, or to cancel a ticket. */
struct return_judge {
    struct judged_bags bags; /* every bag code that the batch names */
    struct returned_bill *bills; /* every bill that one of the bags is on, or came off */
    size_t bills_count;
    struct judged_ticket *tickets; /* the tickets that the batch names and that exist */
    size_t tickets_count;
    struct ticket_place *places; /* which bags are on which tickets; room for one more per scan */
    size_t places_count;
    struct list earlier; /* struct earlier_scan: the answers to ids that were sent before */
};

/* Decide all scans in their order: set the `out` members of each, and `is` of the bags, bills and
 * tickets in *judge. A repeated id gets its first answer again. Can't fail. */
void return_judge_scans(struct return_judge *judge, struct return_scan *const *scans, size_t count);

/* A parent on a ticket that is to go back onto its bill: the request, and the answer. */
struct restored {
    /* in */
    int64_t bag_id, bill_id; /* row ids of the parent and of the bill that it came off */
    int64_t child_count, weight_g; /* children and their grams when it came back */
    const char *qr; /* its code; NULL: the bag was deleted */
    bool is_latest; /* it has not come back on another ticket since */

    /* out */
    enum ticket_stay stay; /* why it can't go back; TICKET_STAY_NONE: it is back */
    unsigned char id[16]; /* UUID of the row in the history of scans; made by returns/store.c */
    int64_t linked, capacity; /* if it is back: the bill after it, in parents */
    bool closed; /* that bill is completed */
};

/* Decide whether one parent of `ticket` can go back onto its bill, and set the `out` members of
 * *restored except `id`. If it can, change `is` of the bag, the bill and the ticket; `user_id`
 * becomes the last person to change the bag. Can't fail. */
void return_judge_restore(struct return_judge *judge, struct judged_ticket *ticket,
    struct restored *restored, int64_t user_id);

/* Whether parents came off the bill or went back onto it, so that its row has to be written. */
bool returned_bill_is_changed(const struct returned_bill *bill);

/* Whether parents came onto the ticket or left it, so that its row has to be written. */
bool judged_ticket_is_changed(const struct judged_ticket *ticket);

/* How many of the bills have become completed because parents went back onto them. */
int64_t return_judge_completed(const struct return_judge *judge);

#endif
