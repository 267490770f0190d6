/*
 * Org: finds the organisation of a request when nobody is signed in yet.
 *
 * All data belongs to an organisation. A call, the unit of work in hand such as a request, works on
 * the data of call->org_id; 0 is none.
 */
#ifndef AUTH_ORG_H
#define AUTH_ORG_H

#include "base/call.h"
#include "base/shape.h"

/* Set call->org_id to the organisation with the host name of a Host header ("Name.example:5000";
 * may be NULL), or else to the organisation that has no host name. FAULT_NOT_FOUND if there is
 * neither. */
MUST_USE bool org_find_by_host(struct call *call, const char *host);

/* An organisation, as org_list() returns it. */
struct org {
    int64_t id;
};

/* Read all organisations, as a list of struct org in call->arena, for background work. Sets
 * call->org_id to 0, which stands for none. */
MUST_USE bool org_list(struct call *call, struct list *orgs);

#endif
