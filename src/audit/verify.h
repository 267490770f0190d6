/*
 * Verify: checks that the audit log still is as it was written.
 *
 * A note is an entry of the log; its seal, a row that is added seconds later, has the hash of the
 * note and of the seal before it, so the seals form a chain (audit/seal.h). The check reads all
 * seals of the call's organisation in order, each with its note, and then all notes: each of them
 * must have a seal or be waiting for one. Each batch of 10,000 is one statement, so the memory
 * needed does not grow with the number of notes, and writing and sealing go on meanwhile. Notes
 * removed by retention are not reported.
 */
#ifndef AUDIT_VERIFY_H
#define AUDIT_VERIFY_H

#include <stdint.h>

#include "base/call.h"
#include "base/shape.h"

/* The result of a check of the audit log, or of a part of it; the texts live in call->arena. */
struct audit_check {
    int64_t sealed; /* seals checked */
    int64_t retired; /* of these: seals of notes that retention has removed */
    int64_t notes; /* notes checked after the seals */
    const char *next; /* where to continue, see audit_verify(); NULL if everything was checked */

    /* Set when everything was checked (`next` is NULL): */
    int64_t waiting; /* notes without a seal yet */
    int64_t seq; /* number of the last seal; NO_I64 if there is none */
    const char *hash; /* of the last seal, in hex */

    /* The first problem; NULL if there is none: */
    /* "missing", "changed", "inserted"; "broken": a seal does not fit the one before. */
    const char *wrong;
    int64_t wrong_seq; /* number of its seal; NO_I64 if it has no seal */
    int64_t wrong_id; /* the note's id; NO_I64 if nothing is left of the note */
    const char *wrong_at; /* when the note was written; NULL if nothing is left of the note */
};

/* Check the audit log of the call's organisation up to the first problem. The caller has begun a
 * transaction. The figures are those of this part alone.
 * After `seconds` it stops at the end of the current batch and sets check->next; 0: no limit.
 * `from` is the `next` of the previous check, or NULL. Tampering is not a fault: it is reported in
 * *check. FAULT_BAD_FIELDS if `from` is malformed. */
MUST_USE bool audit_verify(
    struct call *call, const char *from, int seconds, struct audit_check *check);

/* Set *same to whether the seal number `seq` has this hash (hex). With a seal that was written down
 * earlier, this shows whether the chain is still the same up to it. FAULT_NOT_FOUND if there is no
 * such seal. */
MUST_USE bool audit_seal_matches(struct call *call, int64_t seq, const char *hash, bool *same);

#endif
