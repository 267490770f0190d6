/*
 * Verdict problem: the HTTP answer to a scan that was refused, a problem object (RFC 9457).
 *
 * A scan is one reading of a bag's label by a device; its verdict is its result: here, why it was
 * refused (bag/verdict.h).
 *
 * A call is the unit of work in hand, such as a request; call->arena is its memory.
 */
#ifndef BAG_VERDICT_PROBLEM_H
#define BAG_VERDICT_PROBLEM_H

#include "bag/verdict.h"
#include "http/reply.h"

/* Begin the JSON of a problem for this verdict, in call->arena, and leave it open: the caller adds
 * members, closes it by json_close(..., '}') and sends it by reply_problem_json(). `said` is a more
 * precise sentence about this scan; if it has REASON_NONE, the verdict's own sentence is used. */
struct json verdict_problem_open(struct call *call, enum verdict verdict, struct words said);

#endif
