/*
 * Bill check: checks what people enter for a bill, so that mistakes are explained; the table's
 * CHECKs are the same.
 *
 * Each function sets FAULT_BAD_FIELDS.
 */
#ifndef BILL_BILL_CHECK_H
#define BILL_BILL_CHECK_H

#include "bill/bill.h"

/* All fields of a new bill at once. The code is cleaned and the description is not NULL. */
MUST_USE bool bill_check_draft(struct call *call, const struct bill_draft *draft);

/* How many bags a bill may hold: 1 to 500. FAULT_BAD_FIELDS. */
MUST_USE bool bill_check_capacity(struct call *call, int64_t capacity);
MUST_USE bool bill_check_description(struct call *call, const char *description);

/* NULL and blanks are not a reason. */
MUST_USE bool bill_check_reason(struct call *call, const char *reason);

#endif
