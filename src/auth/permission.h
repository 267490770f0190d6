/*
 * Permission: which role may do what.
 *
 * A user has one role. A route (a method and path of the HTTP API) needs one permission, which some
 * of the roles have: permission.def has the table.
 */
#ifndef AUTH_PERMISSION_H
#define AUTH_PERMISSION_H

#include <stdbool.h>

#include "base/word_set.h"

/* The roles of users, one per row of role.def: ROLE_ADMIN, ROLE_BILLER, ROLE_DISPATCHER. */
enum role {
    ROLE_NONE, /* nobody is signed in */
#define WORD(name, word) name,
#include "auth/role.def"
#undef WORD
    ROLE_COUNT /* how many values there are, with NONE */
};

/* The words of enum role, as in JSON and in the database: "admin", "biller", "dispatcher". */
extern const struct word_set role_set;

/* The permissions, one per row of permission.def: MAY_SCAN, MAY_BILL, MAY_ADMIN and so on. */
enum permission {
    MAY_UNSET, /* none was given in the route table: the server then refuses to start */
    ANYONE, /* the route needs no permission, nor signing in */
#define MAY(permission, name, admin, biller, dispatcher) permission,
#include "auth/permission.def"
#undef MAY
    MAY_COUNT /* how many values there are */
};

/* Whether the role has the permission. Every role, even ROLE_NONE, has ANYONE. */
bool role_may(enum role role, enum permission permission);

/* Return the role for its name: ROLE_ADMIN for "admin"; ROLE_NONE if it is unknown or NULL. */
enum role role_from_name(const char *name);

/* Return the name of a role, a static text: "admin" for ROLE_ADMIN; NULL for ROLE_NONE. */
const char *role_name(enum role role);

/* Return the name of a permission in docs and logs, a static text: "scan" for MAY_SCAN. */
const char *permission_name(enum permission permission);

#endif
