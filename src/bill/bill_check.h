/*
 * Bill check: what people may write on a bill, said in words; the table CHECKs the same.
 *
 * Each function sets FAULT_BAD_FIELDS.
 */
#ifndef BILL_BILL_CHECK_H
#define BILL_BILL_CHECK_H

#include "bill/bill.h"

/* All fields of a new bill at once; the code is cleaned, the description is there. */
MUST_USE bool bill_check_draft(struct call *call, const struct bill_draft *draft);

MUST_USE bool bill_check_capacity(struct call *call, int64_t capacity);
MUST_USE bool bill_check_description(struct call *call, const char *description);

/* NULL is no reason, and so are blanks. */
MUST_USE bool bill_check_reason(struct call *call, const char *reason);

#endif
