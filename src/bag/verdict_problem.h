/*
 * Verdict problem: a scan that is refused, as a problem.
 */
#ifndef BAG_VERDICT_PROBLEM_H
#define BAG_VERDICT_PROBLEM_H

#include "bag/verdict.h"
#include "http/reply.h"

/*
 * Begin the problem of a refusal; see problem_open(). `english` is what more can be said of this
 * very scan, or NULL.
 */
struct json verdict_problem_open(struct call *call, enum verdict verdict, const char *english);

#endif
