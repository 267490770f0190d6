/*
 * Flags: the words behind a command's name that are its own, and no settings.
 *
 * One table per command both reads them and is printed by `tracetrack help COMMAND`.
 */
#ifndef CMD_FLAGS_H
#define CMD_FLAGS_H

#include "base/call.h"

struct flag {
    const char *name; /* "--bags"; NULL behind the last */
    const char *value; /* "NUMBER"; NULL if it takes none */
    const char *about;
};

/* The words behind the command's name, without those that were taken. */
struct arguments {
    int count;
    char **items;
};

/*
 * Take the flags out of `arguments`: values[i] is the value of flags[i], "" for a flag that takes
 * none, NULL if it isn't there. What is left are settings, with their values. FAULT_CONFIG.
 */
MUST_USE bool flags_take(
    struct call *call, const struct flag *flags, struct arguments *arguments, const char **values);

/* For a command that takes no settings: FAULT_CONFIG if there are words left. */
MUST_USE bool flags_check_end(struct call *call, const struct arguments *arguments);

#endif
