/*
 * Packing: parents and the children in them.
 *
 * Child scans go through the lanes (link.h); here is all the rest that changes what is in a parent.
 * Each function locks the parent first and so has it to itself until the call's transaction ends.
 * A dispatcher with an area finds only parents of that area or of none: FAULT_NOT_FOUND otherwise.
 * While the parent is on a completed bill nothing is taken out of it: FAULT_REFUSED.
 */
#ifndef PACKING_PACKING_H
#define PACKING_PACKING_H

#include "bag/bag_words.h"
#include "bag/verdict.h"
#include "base/call.h"
#include "base/json.h"

struct parent {
    int64_t id;
    const char *code;
    int64_t child_count, capacity;
    enum bag_status status;
    int64_t bill_id; /* NO_I64: on none */
};

/* {qr, child_count, capacity, status} */
void parent_to_json(struct json *json, const struct parent *parent);

/*
 * A parent was scanned: find or make it. `scan_id` is the device's; the same id again gives the
 * same *created. *verdict is VERDICT_DONE, or says why not: VERDICT_NOT_A_PARENT,
 * VERDICT_OTHER_AREA.
 */
MUST_USE bool packing_scan_parent(struct call *call, const unsigned char scan_id[16],
    const char *code, enum verdict *verdict, bool *created);

/* Take back the asker's own latest link. FAULT_NOTHING_TO_UNDO when there is none of the last hour.
 */
MUST_USE bool packing_undo(
    struct call *call, const char *code, const char **child, struct parent *parent);

/* Take one child out, whoever linked it and whenever. FAULT_NOT_FOUND when it is not in there. */
MUST_USE bool packing_unlink(struct call *call, const char *code, const char *child,
    const char *reason, struct parent *parent);

/* Complete a parent short of its capacity. FAULT_REFUSED when it is empty; no change when it is
 * done. */
MUST_USE bool packing_finish(struct call *call, const char *code, struct parent *parent);

/* The other way round. FAULT_REFUSED when it holds its capacity. */
MUST_USE bool packing_reopen(
    struct call *call, const char *code, const char *reason, struct parent *parent);

/*
 * Make the parent hold exactly these children. All or nothing: FAULT_REFUSED names the first that
 * can't be in it.
 */
MUST_USE bool packing_set_children(struct call *call, const char *code, const char *const *children,
    size_t count, struct parent *parent);

/*
 * Make a bag of a code that may be new: a parent if it is of a family, else a free child, which
 * goes into `parent` unless that is NULL. VERDICT_DONE (made), VERDICT_ALREADY_HERE (known), or why
 * not.
 */
MUST_USE bool packing_create(
    struct call *call, const char *code, const char *parent, enum verdict *verdict);

/* Delete a bag that is free and empty; FAULT_REFUSED otherwise. Its history stays. */
MUST_USE bool packing_delete(struct call *call, const char *code);

#endif
