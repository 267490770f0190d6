/*
 * Config: every setting, from one table (option.def).
 *
 * A setting has the value of the last of these that names it: its default, the file (--config FILE,
 * or tracetrack.conf in the working directory), the environment, a flag. Unknown names and values
 * out of range stop the start with FAULT_CONFIG, which says where they are. No configuration is
 * passed around: modules are given the few values they need when they are started.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/call.h"

/* Every setting, a row of option.def. */
enum option_id {
#define OPTION(id, name, kind, default_value, min, max, words, variable, flags, about) OPTION_##id,
#include "config/option.def"
#undef OPTION
    OPTIONS_COUNT
};

/* What the value of a setting can be. */
enum option_kind {
    KIND_TEXT,
    KIND_NUMBER,
    KIND_SWITCH,
    KIND_CHOICE,
};

#define SECRET 1u /* never printed */
#define RELOADS 2u /* read again on SIGHUP */

/* A row of option.def: its names, default, bounds and purpose. */
struct option {
    const char *name;
    enum option_kind kind;
    const char *default_value;
    int64_t min, max;
    const char *words;
    const char *variable;
    unsigned flags;
    const char *about;
};

/* All settings, by enum option_id. */
extern const struct option options[OPTIONS_COUNT];

/* The values of all settings, each with where it came from. */
struct config {
    struct config_value {
        const char *text; /* NULL if not set */
        int64_t number;
        const char *origin; /* "default", "tracetrack.conf:3", "PORT", "--port" */
    } values[OPTIONS_COUNT];
};

/*
 * Read file, environment and flags into the call's arena. `argv` begins with the first flag. An
 * unknown flag is FAULT_CONFIG.
 */
MUST_USE bool config_load(struct call *call, int argc, char *const *argv, struct config *config);

/* Set one option by name; `origin` says where the value comes from. FAULT_CONFIG. */
MUST_USE bool config_set(struct call *call, struct config *config, const char *name,
    const char *value, const char *origin);

/*
 * The key that signs sessions: session_secret, or else the one in the data folder, which is created
 * there (mode 0600) at the first start. FAULT_CONFIG if the file can't be read or written.
 */
MUST_USE bool config_secret(struct call *call, const struct config *config, const char **secret);

/* The value of a setting; the text is NULL if it is not set. */
const char *config_text(const struct config *config, enum option_id option);

/* The value of a NUMBER setting. */
int config_number(const struct config *config, enum option_id option);

/* Whether a SWITCH setting is on. */
bool config_is_on(const struct config *config, enum option_id option);

/* Whether `environment` is "production". */
bool config_is_production(const struct config *config);

/* Of an option that allows only certain words: the place of its present value among them, from 0.
 */
int config_choice(const struct config *config, enum option_id option);

/* The value as it may be shown: secrets are masked; "" if there is none. */
const char *config_display(const struct config *config, enum option_id option);

#endif
