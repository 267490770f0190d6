/*
 * Packing: what people do to the contents of parent bags, apart from scanning children into them.
 *
 * A parent is a large bag that holds child bags up to its capacity; a link is a child in a parent.
 * Links are made by scanning (packing/link_http.h). A bill is a dispatch document that parents are
 * put on; a verdict is the result of a scan (bag/verdict.def). Every function
 * locks the bag's row until the end of the transaction. All codes are from
 * bag_code_clean(). A function with a `struct parent *parent` sets it to the parent as it is
 * afterwards; it fails with FAULT_NOT_FOUND if there is no such parent, or if parent and signed-in
 * user belong to different areas (parts of the organisation; who belongs to none may change all).
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where results
 * live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef PACKING_PACKING_H
#define PACKING_PACKING_H

#include "bag/bag_words.h"
#include "bag/verdict.h"
#include "base/call.h"
#include "base/json.h"

/* A parent bag. */
struct parent {
    int64_t id;
    const char *code; /* the text on its label */
    int64_t child_count, capacity; /* children in it, and most */
    enum bag_status status; /* pending (empty), in progress or completed */
    int64_t bill_id; /* the bill that it is on; NO_I64: none */
};

/* Write the parent as a JSON object: {qr, child_count, capacity, status}, where qr is its code. */
void parent_to_json(struct json *json, const struct parent *parent);

/* Record that a parent's label was scanned, and create the parent if the code is new (*created).
 * *verdict is VERDICT_DONE, VERDICT_NOT_A_PARENT or VERDICT_OTHER_AREA. `scan_id` is made by the
 * device; sent again, it is not recorded again and gives the same *created. FAULT_ID_REUSED if it
 * belongs to a different scan; FAULT_AGAIN if another transaction has just made the bag. */
MUST_USE bool packing_scan_parent(struct call *call, const unsigned char scan_id[16],
    const char *code, enum verdict *verdict, bool *created);

/* Take the child that the signed-in user put into this parent last out again; *child is its code.
 * FAULT_NOTHING_TO_UNDO if there is none, or it was put in over an hour ago; FAULT_REFUSED while
 * the parent is on a completed bill. */
MUST_USE bool packing_undo(
    struct call *call, const char *code, const char **child, struct parent *parent);

/* Take one child out of a parent, whoever put it in and whenever, with a note of the `reason` in
 * the audit log. FAULT_NOT_FOUND also if the child is not in it; FAULT_REFUSED while the parent is
 * on a completed bill. */
MUST_USE bool packing_unlink(struct call *call, const char *code, const char *child,
    const char *reason, struct parent *parent);

/* Complete a parent that is not full, so that it takes no more children. No change if it is
 * completed; FAULT_REFUSED if it is empty. */
MUST_USE bool packing_finish(struct call *call, const char *code, struct parent *parent);

/* Reopen a completed parent that is not full, so that it takes children again; `reason` may be
 * NULL. No change if it is not completed; FAULT_REFUSED if it is full or on a completed bill. */
MUST_USE bool packing_reopen(
    struct call *call, const char *code, const char *reason, struct parent *parent);

/* Change the contents of a parent to exactly these children: take out the others, put in those that
 * are missing. FAULT_REFUSED, naming the first child that can't be in it, or while the parent is on
 * a completed bill; FAULT_AGAIN if another transaction has just made one of the bags. */
MUST_USE bool packing_set_children(struct call *call, const char *code, const char *const *children,
    size_t count, struct parent *parent);

/* Create a bag that was not scanned. If `parent` is NULL: a parent or a free child, by the form of
 * the code; *verdict is VERDICT_DONE, or VERDICT_ALREADY_HERE if the bag exists. Otherwise: a child
 * in that parent; *verdict is VERDICT_LINKED. Any other verdict says why not. FAULT_AGAIN if
 * another transaction has just made the bag. */
MUST_USE bool packing_create(
    struct call *call, const char *code, const char *parent, enum verdict *verdict);

/* A bag that packing_create_many() shall create. */
struct packing_draft {
    const char *code;
    enum bag_kind kind; /* that it must be; BAG_KIND_NONE: by the form of its code */
    enum verdict verdict; /* out: VERDICT_DONE, VERDICT_ALREADY_HERE, or why not */
};

/* Create bags that were not scanned, without a parent, in one step; each has its verdict. A bag of
 * another kind than it must be is VERDICT_NOT_A_PARENT, VERDICT_IS_PARENT or VERDICT_BAD_CODE.
 * FAULT_AGAIN if another transaction has just made one of the bags. */
MUST_USE bool packing_create_many(struct call *call, struct packing_draft *drafts, size_t count);

/* Delete a bag; the history of its scans stays. FAULT_NOT_FOUND if there is no bag with this code;
 * FAULT_REFUSED if it is in a parent, on a bill, or holds children. Areas are not checked. */
MUST_USE bool packing_delete(struct call *call, const char *code);

#endif
