/*
 * Audit routes: the audit log and its chain, for administrators.
 */
#ifndef AUDIT_AUDIT_HTTP_H
#define AUDIT_AUDIT_HTTP_H

#include "audit/audit.h"
#include "http/route.h"

handler_fn audit_list, audit_check;

#endif
