/*
 * User state: whether an account may be used. The table is user_state.def.
 */
#ifndef USER_USER_STATE_H
#define USER_USER_STATE_H

#include "base/word_set.h"

enum user_state {
    USER_STATE_NONE,
#define WORD(name, word) name,
#include "user/user_state.def"
#undef WORD
    USER_STATE_COUNT
};

extern const struct word_set user_state_set;

const char *user_state_name(enum user_state state);

#endif
