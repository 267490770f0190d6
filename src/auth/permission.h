/* Permission: which role may do what. permission.def has the table. */
#ifndef AUTH_PERMISSION_H
#define AUTH_PERMISSION_H

#include <stdbool.h>

#include "base/word_set.h"

enum role {
    ROLE_NONE, /* nobody is signed in */
#define WORD(name, word) name,
#include "auth/role.def"
#undef WORD
    ROLE_COUNT
};

extern const struct word_set role_set;

enum permission {
    MAY_UNSET, /* a route without a permission stops the start */
    ANYONE, /* signed in or not */
#define MAY(permission, name, admin, biller, dispatcher) permission,
#include "auth/permission.def"
#undef MAY
    MAY_COUNT
};

/* Whether the role has the permission. Every role, even ROLE_NONE, has ANYONE. */
bool role_may(enum role role, enum permission permission);

/* "admin" and ROLE_ADMIN; an unknown name is ROLE_NONE, and the name of ROLE_NONE is NULL. */
enum role role_from_name(const char *name);
const char *role_name(enum role role);
const char *permission_name(enum permission permission);

#endif
