#include "user/user_state.h"

static const char *const user_state_words[] = {
    NULL,
#define WORD(name, word) word,
#include "user/user_state.def"
#undef WORD
};

const struct word_set user_state_set = WORD_SET(user_state, user_state_words);

const char *user_state_name(enum user_state state)
{
    return word_set_word(&user_state_set, state);
}
