/*
 * Audit handler: the HTTP request by which administrators check the audit log for tampering.
 *
 * A handler serves one route of src/routes.c: bool (call, request, reply). If it returns false, the
 * recorded fault (the reason of the failure) becomes the answer.
 */
#ifndef AUDIT_AUDIT_HTTP_H
#define AUDIT_AUDIT_HTTP_H

#include "audit/audit.h"
#include "http/route.h"

/* GET /api/audit/verify: check the audit log for up to 20 seconds, see audit/verify.h. Answers what
 * was checked, the first problem, and `next`, to be sent as ?from= to continue. */
handler_fn get_audit_verify;

#endif
