#include "config/config.h"

const struct option options[OPTIONS_COUNT] = {
#define OPTION(id, name, kind, default_value, min, max, words, variable, flags, about)             \
    { name, KIND_##kind, default_value, min, max, words, variable, flags, about },
#include "config/option.def"
#undef OPTION
};
