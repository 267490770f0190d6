/*
 * User state: whether an account may be used.
 */
#ifndef USER_USER_STATE_H
#define USER_USER_STATE_H

#include "base/word_set.h"

/* The state of an account: USER_STATE_WAITING (registered, not approved yet), _ACTIVE, _LOCKED (by
 * an administrator) or _DELETED (the row stays for the history). The table is user_state.def. */
enum user_state {
    USER_STATE_NONE, /* no value; SQL NULL */
#define WORD(name, word) name,
#include "user/user_state.def"
#undef WORD
    USER_STATE_COUNT /* how many values there are, with NONE */
};

/* The words of enum user_state in SQL and JSON: "waiting", "active", "locked", "deleted". */
extern const struct word_set user_state_set;

/* The word of a state, such as "active"; NULL for USER_STATE_NONE. A static text. */
const char *user_state_name(enum user_state state);

#endif
