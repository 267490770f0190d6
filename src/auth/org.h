/*
 * Org: which organisation a request belongs to when nobody is signed in yet.
 */
#ifndef AUTH_ORG_H
#define AUTH_ORG_H

#include "base/call.h"

/*
 * Set call->org_id to the organisation of a Host header ("Name.example:5000"; NULL and "" are
 * hosts that nobody claimed): the one with this host name, else the one without any.
 * FAULT_NOT_FOUND when there is neither.
 */
MUST_USE bool org_find_by_host(struct call *call, const char *host);

#endif
