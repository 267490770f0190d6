/*
 * Audit route: the check of the chain, for administrators.
 */
#ifndef AUDIT_AUDIT_HTTP_H
#define AUDIT_AUDIT_HTTP_H

#include "audit/audit.h"
#include "http/route.h"

handler_fn get_audit_verify;

#endif
