/*
 * Verify: is the audit log as it was written?
 *
 * Walks all seals of the call's organisation in their order, each with its note, then all notes:
 * each has a seal or waits for one. A batch is one statement, so the memory it takes is the same
 * for any number of notes, and writing and sealing go on meanwhile. What retention took is not
 * missed.
 */
#ifndef AUDIT_VERIFY_H
#define AUDIT_VERIFY_H

#include <stdint.h>

#include "base/call.h"
#include "base/shape.h"

struct audit_check {
    int64_t sealed; /* seals looked at */
    int64_t retired; /* of these, notes that retention has taken */
    int64_t notes; /* looked at behind the seals */
    const char *next; /* where to go on, see audit_verify(); NULL when all was looked at */

    /* Known at the end only: */
    int64_t waiting; /* notes that have no seal yet */
    int64_t seq; /* of the last seal; NO_I64 when there is none */
    const char *hash; /* of the last seal */

    /* The first bad place; NULL when there is none: */
    const char *wrong; /* "missing", "changed", "inserted"; "broken": a seal that does not fit */
    int64_t wrong_seq; /* NO_I64 when it has no seal */
    int64_t wrong_id; /* the note's; NO_I64 when nothing of it is left */
    const char *wrong_at; /* as PostgreSQL has it; NULL when nothing of it is left */
};

/*
 * Check the chain, within a transaction. With `seconds` it stops at the end of the batch in which
 * they are over, and `check->next` says where; 0 goes to the end. `from` is what `next` said
 * before, or NULL. Tampering is no fault: the answer is in *check. FAULT_BAD_FIELDS when `from` is
 * none of ours.
 */
MUST_USE bool audit_verify(
    struct call *call, const char *from, int seconds, struct audit_check *check);

/*
 * Whether the seal of this number has this hash (hex): who wrote down a last seal finds out whether
 * the chain still runs through it. FAULT_NOT_FOUND when there is no such seal.
 */
MUST_USE bool audit_seal_matches(struct call *call, int64_t seq, const char *hash, bool *same);

#endif
