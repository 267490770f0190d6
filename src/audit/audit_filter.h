/*
 * Audit filter: which notes of the audit log a query asks for.
 */
#ifndef AUDIT_AUDIT_FILTER_H
#define AUDIT_AUDIT_FILTER_H

#include "audit/audit.h"
#include "http/request.h"

/* What the query asks for, but for the page. FAULT_BAD_FIELDS. */
MUST_USE bool audit_filter_read(
    struct call *call, const struct request *request, struct audit_filter *filter);

#endif
