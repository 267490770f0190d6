#include "auth/permission.h"

#include <assert.h>

static const char *const role_names[] = {
    NULL,
#define WORD(name, word) word,
#include "auth/role.def"
#undef WORD
};

const struct word_set role_set = WORD_SET(user_role, role_names);

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
    return (enum role)word_set_find(&role_set, name);
}

const char *role_name(enum role role)
{
    return word_set_word(&role_set, role);
}

const char *permission_name(enum permission permission)
{
    assert((unsigned)permission < MAY_COUNT);
    return permissions[permission].name;
}
