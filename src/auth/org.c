#include "auth/org.h"

#include <ctype.h>
#include <string.h>

#include "auth/org.sql.h"
#include "db/db.h"

#define HOST_MAX 253

static const struct field org_fields[] = { FIELD(struct org, id) };
static const struct shape org_shape = SHAPE(struct org, org_fields);

/* Lower case, without the port; "" when it can't be anybody's name. */
static const char *host_name(struct arena *arena, const char *host)
{
    /* An IPv6 address has colons of its own, and brackets around them. */
    const char *colon = strrchr(host, ':'), *bracket = strrchr(host, ']');
    const bool has_port = colon && (!bracket || colon > bracket);
    const size_t length = has_port ? (size_t)(colon - host) : strlen(host);

    if (length > HOST_MAX)
        return "";

    char *name = arena_bytes(arena, host, length);

    for (char *at = name; *at; at++) {
        if (*at <= ' ' || *at > '~')
            return "";
        *at = (char)tolower((unsigned char)*at);
    }
    return name;
}

bool org_find_by_host(struct call *call, const char *host)
{
    struct org org;

    call->org_id = 0;
    if (!db_one(
            call, ORG_OF_HOST(.host = host_name(&call->arena, host ? host : "")), &org_shape, &org))
        return false;

    call->org_id = org.id;
    return true;
}

bool org_list(struct call *call, struct list *orgs)
{
    call->org_id = 0;
    return db_rows(call, ORG_LIST(), &org_shape, orgs);
}
