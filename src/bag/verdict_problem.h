/*
 * Verdict problem: a scan that is refused, as a problem.
 */
#ifndef BAG_VERDICT_PROBLEM_H
#define BAG_VERDICT_PROBLEM_H

#include "bag/verdict.h"
#include "http/reply.h"

/*
 * Begin the problem of a refusal; see problem_open(). `said` is what more can be said of this
 * very scan; REASON_NONE: the verdict's own words.
 */
struct json verdict_problem_open(struct call *call, enum verdict verdict, struct words said);

#endif
