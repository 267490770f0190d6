/*
 * Audit handler: the HTTP request by which administrators check the audit log for tampering.
 *
 * A handler_fn answers the requests of one route of src/routes.c. It gets the call (the request's
 * unit of work, in one database transaction), reads the request and fills in the reply. If it
 * returns false, the client gets the fault that it has recorded in the call (an HTTP problem).
 */
#ifndef AUDIT_AUDIT_HTTP_H
#define AUDIT_AUDIT_HTTP_H

#include "audit/audit.h"
#include "http/route.h"

/* GET /api/audit/verify: check the audit log for up to 20 seconds, see audit/verify.h. Answers what
 * was checked, the first problem, and `next`, to be sent as ?from= to continue. */
handler_fn get_audit_verify;

#endif
