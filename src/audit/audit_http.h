/*
 * Audit routes: the audit log and its chain, for administrators.
 */
#ifndef AUDIT_AUDIT_HTTP_H
#define AUDIT_AUDIT_HTTP_H

#include "audit/audit.h"
#include "http/route.h"

handler_fn audit_list, audit_check;

/* What the query asks for, but for the page. FAULT_BAD_FIELDS. */
MUST_USE bool audit_filter_read(
    struct call *call, const struct request *request, struct audit_filter *filter);

#endif
