/* Audit filter: reads from a request's query which notes of the audit log are wanted. */
#ifndef AUDIT_AUDIT_FILTER_H
#define AUDIT_AUDIT_FILTER_H

#include "audit/audit.h"
#include "http/request.h"

/* All filters of the query, but not the page. FAULT_BAD_FIELDS. */
MUST_USE bool audit_filter_read(
    struct call *call, const struct request *request, struct audit_filter *filter);

#endif
