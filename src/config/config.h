/*
 * Config: the settings of the program, all described in one table (option.def).
 *
 * A setting's value is the one given last of: its default, the file (--config FILE, or else
 * tracetrack.conf in the working directory), an environment variable, a flag. An unknown name or an
 * invalid value makes the start fail with FAULT_CONFIG and a message that says where it is. Modules
 * don't see the configuration: they get the few values that they need when they are started.
 *
 * A call is the unit of work (base/call.h): it has the memory and, after a failure, the fault.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/call.h"

/* Every setting, such as OPTION_PORT: one for each row of option.def. */
enum option_id {
#define OPTION(id, name, kind, default_value, min, max, words, variable, flags, about) OPTION_##id,
#include "config/option.def"
#undef OPTION
    OPTIONS_COUNT /* how many settings there are */
};

/* The type of a setting's value. */
enum option_kind {
    KIND_TEXT, /* any text */
    KIND_NUMBER, /* a whole number */
    KIND_SWITCH, /* "on" or "off" */
    KIND_CHOICE, /* one of several words */
};

/* Flag of a setting: its value is never printed. */
#define SECRET 1u

/* Flag of a setting: a running server reads it again on SIGHUP. */
#define RELOADS 2u

/* The description of one setting, a row of option.def. */
struct option {
    const char *name; /* in the file, such as "http_threads"; the flag is --http-threads */
    enum option_kind kind;
    const char *default_value; /* NULL: not set by default */
    int64_t min, max; /* limits of a number, or of a text's length in bytes */
    const char *words; /* the words of a choice, separated by blanks; the unit of a number */
    const char *variable; /* environment variable; NULL: it has none */
    unsigned flags; /* SECRET, RELOADS */
    const char *about; /* its purpose, for people */
};

/* The descriptions of all settings, indexed by enum option_id. */
extern const struct option options[OPTIONS_COUNT];

/* The values of all settings, indexed by enum option_id, each with its origin. */
struct config {
    struct config_value {
        const char *text; /* as it was written; NULL if not set */
        int64_t number; /* a number; the place of a choice, from 0; a switch: 0 is on, 1 is off */
        const char *origin; /* where it was set: "default", "tracetrack.conf:3", "PORT", "--port" */
    } values[OPTIONS_COUNT];
};

/* Read all settings from defaults, file, environment and flags into *config; texts are in
 * call->arena. `argv` begins with the first flag, not the program's name. FAULT_CONFIG if a name is
 * unknown, a value is invalid, or the file can't be read. */
MUST_USE bool config_load(struct call *call, int argc, char *const *argv, struct config *config);

/* Check a value and store it as the setting `name`, with a copy of the text in call->arena.
 * `origin` says where it comes from, such as "--port", and is not copied. FAULT_CONFIG if there is
 * no such setting, or the value is invalid. */
MUST_USE bool config_set(struct call *call, struct config *config, const char *name,
    const char *value, const char *origin);

/* Set *secret to the key that signs session cookies: the setting session_secret, or else what a
 * file in the data folder has, which is created with a random key (mode 0600) if it is missing.
 * FAULT_CONFIG if the file can't be read or written. */
MUST_USE bool config_secret(struct call *call, const struct config *config, const char **secret);

/* The value of a setting of any kind as text; NULL if it is not set. */
const char *config_text(const struct config *config, enum option_id option);

/* The value of a KIND_NUMBER setting. */
int config_number(const struct config *config, enum option_id option);

/* Whether a KIND_SWITCH setting is on. */
bool config_is_on(const struct config *config, enum option_id option);

/* Whether the setting `environment` is "production". */
bool config_is_production(const struct config *config);

/* The value of a KIND_CHOICE setting: its place among the words that are allowed, from 0. */
int config_choice(const struct config *config, enum option_id option);

/* The value of a setting of any kind as text for display: "********" for a secret, "" if it is not
 * set. */
const char *config_display(const struct config *config, enum option_id option);

#endif
