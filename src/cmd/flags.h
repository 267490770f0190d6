/*
 * Flags: reads the flags that belong to one command, such as `--bags NUMBER` of `demo`.
 *
 * Flags that set a setting (config/option.def) are not read here: they are left for config_load().
 * Each command has one table of flags, which is also printed by `tracetrack help COMMAND`.
 */
#ifndef CMD_FLAGS_H
#define CMD_FLAGS_H

#include "base/call.h"

/* A row of a command's table of flags. The table ends with a row without a name. */
struct flag {
    const char *name; /* "--bags"; NULL after the last */
    const char *value; /* "NUMBER", the value's name in the help; NULL if it takes none */
    const char *about; /* one line of help */
};

/* Command-line words that have not been read yet. */
struct arguments {
    int count;
    char **items;
};

/* Remove the flags of the table from `arguments`, and set values[i] to the value of flags[i]: "" if
 * it takes no value, NULL if it was not given. What stays in `arguments` are settings with their
 * values, in call->arena, the memory of the command. FAULT_CONFIG if a flag's value is missing. */
MUST_USE bool flags_take(
    struct call *call, const struct flag *flags, struct arguments *arguments, const char **values);

/* For a command that takes no settings: FAULT_CONFIG if flags_take() has left any words. */
MUST_USE bool flags_check_end(struct call *call, const struct arguments *arguments);

#endif
