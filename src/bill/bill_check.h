/*
 * Bill check: validates what people enter for a bill, before it is stored.
 *
 * The table `bill` has the same rules as CHECK constraints; these functions add an explanation of
 * each mistake. Each returns false with FAULT_BAD_FIELDS, which names the field, in the call (the
 * unit of work in hand, such as a request).
 */
#ifndef BILL_BILL_CHECK_H
#define BILL_BILL_CHECK_H

#include "bill/bill.h"

/* Check all fields of a new bill and report each that is wrong. The code must have been cleaned by
 * bill_code_clean() (3 to 50 characters are valid), and the description must not be NULL. */
MUST_USE bool bill_check_draft(struct call *call, const struct bill_draft *draft);

/* Check that a capacity, the number of parent bags that a bill may hold, is 1 to 500. */
MUST_USE bool bill_check_capacity(struct call *call, int64_t capacity);

/* Check that a description has at most 2000 characters. It must not be NULL. */
MUST_USE bool bill_check_description(struct call *call, const char *description);

/* Check that a reason was given, not NULL or blank, and has at most 500 characters. */
MUST_USE bool bill_check_reason(struct call *call, const char *reason);

#endif
