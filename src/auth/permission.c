#include "auth/permission.h"

#include <assert.h>
#include <string.h>

static const char *const role_names[] = {
    [ROLE_NONE] = "none",
    [ROLE_ADMIN] = "admin",
    [ROLE_BILLER] = "biller",
    [ROLE_DISPATCHER] = "dispatcher",
};

#define ROLE_COUNT (sizeof role_names / sizeof role_names[0])

struct permission_row {
    const char *name;
    bool roles[ROLE_COUNT];
};

/* clang-format off */
static const struct permission_row permissions[MAY_COUNT] = {
    [MAY_UNSET] = { "unset", { false } },
    [ANYONE] = { "anyone", { true, true, true, true } },
#define MAY(permission, name, admin, biller, dispatcher) \
    [permission] = { name, { false, admin, biller, dispatcher } },
#include "auth/permission.def"
#undef MAY
};
/* clang-format on */

bool role_may(enum role role, enum permission permission)
{
    assert((unsigned)role < ROLE_COUNT);
    assert((unsigned)permission < MAY_COUNT);
    return permissions[permission].roles[role];
}

enum role role_from_name(const char *name)
{
    for (unsigned role = ROLE_ADMIN; role < ROLE_COUNT; role++)
        if (strcmp(role_names[role], name) == 0)
            return (enum role)role;
    return ROLE_NONE;
}

const char *role_name(enum role role)
{
    assert((unsigned)role < ROLE_COUNT);
    return role_names[role];
}

const char *permission_name(enum permission permission)
{
    assert((unsigned)permission < MAY_COUNT);
    return permissions[permission].name;
}
