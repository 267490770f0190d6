#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "config/config.h"

#define FILE_DEFAULT "tracetrack.conf"
#define CONFIG_LOAD_LINE_MAX_BYTES 4200
#define SECRET_MIN_PRODUCTION 32

static bool load_defaults(struct call *call, struct config *config)
{
    for (int i = 0; i < OPTIONS_COUNT; i++) {
        config->values[i] = (struct config_value){ .origin = "default" };
        if (options[i].default_value
            && !config_set(call, config, options[i].name, options[i].default_value, "default"))
            return false;
    }
    return true;
}

/* Cut white space off both ends of `text`, in place. */
static char *config_load_trim(char *text)
{
    static const char blanks[] = " \t\r\n";

    text += strspn(text, blanks);
    for (size_t end = strlen(text); end > 0 && strchr(blanks, text[end - 1]); end--)
        text[end - 1] = '\0';
    return text;
}

/* "name = value"; empty lines and those that begin with '#' say nothing. */
static bool load_line(struct call *call, struct config *config, char *line, const char *origin)
{
    char *start = config_load_trim(line);
    char *equals = strchr(start, '=');

    if (*start == '\0' || *start == '#')
        return true;
    if (!equals)
        return fail(call, FAULT_CONFIG, "%s: expected \"name = value\"", origin);

    *equals = '\0';
    return config_set(call, config, config_load_trim(start), config_load_trim(equals + 1), origin);
}

static bool load_lines(struct call *call, struct config *config, FILE *file, const char *path)
{
    char line[CONFIG_LOAD_LINE_MAX_BYTES];

    for (int number = 1; fgets(line, sizeof line, file); number++) {
        const char *origin = arena_format(&call->arena, "%s:%d", path, number);

        if (!strchr(line, '\n') && !feof(file))
            return fail(call, FAULT_CONFIG, "%s: the line is too long", origin);
        if (!load_line(call, config, line, origin))
            return false;
    }
    return !ferror(file) || fail(call, FAULT_CONFIG, "%s: %s", path, strerror(errno));
}

/* A file that was asked for has to be there; the standard one need not. */
static bool load_file(struct call *call, struct config *config, const char *asked)
{
    const char *path = asked ? asked : FILE_DEFAULT;
    FILE *file = fopen(path, "re");

    if (!file)
        return (!asked && errno == ENOENT)
            || fail(call, FAULT_CONFIG, "%s: %s", path, strerror(errno));

    const bool loaded = load_lines(call, config, file, path);

    fclose(file);
    return loaded;
}

static bool load_environment(struct call *call, struct config *config)
{
    for (int i = 0; i < OPTIONS_COUNT; i++) {
        const char *value = options[i].variable ? getenv(options[i].variable) : NULL;

        /* An empty variable is how many tools say that there is none. */
        if (value && *value
            && !config_set(call, config, options[i].name, value, options[i].variable))
            return false;
    }
    return true;
}

/* "--option name=value" */
static bool load_pair(struct call *call, struct config *config, const char *pair)
{
    const char *equals = strchr(pair, '=');

    if (!equals)
        return fail(call, FAULT_CONFIG, "--option %s: expected name=value", pair);

    const char *name = arena_bytes(&call->arena, pair, (size_t)(equals - pair));

    return config_set(call, config, name, equals + 1, "--option");
}

/* "--http-threads 4" is "http_threads = 4". */
static bool load_flag(struct call *call, struct config *config, const char *flag, const char *value)
{
    char *name = arena_text(&call->arena, flag + strlen("--"));

    if (strcmp(name, "config") == 0)
        return true;
    if (strcmp(name, "option") == 0)
        return load_pair(call, config, value);

    for (char *at = name; *at; at++)
        if (*at == '-')
            *at = '_';
    return config_set(call, config, name, value, flag);
}

static bool load_flags(struct call *call, struct config *config, int argc, char *const *argv)
{
    for (int i = 0; i < argc; i += 2)
        if (!load_flag(call, config, argv[i], argv[i + 1]))
            return false;

    return true;
}

/* Every flag has a value. */
static bool check_flags(struct call *call, int argc, char *const *argv)
{
    for (int i = 0; i < argc; i += 2) {
        if (!text_starts_with(argv[i], "--"))
            return fail(
                call, FAULT_CONFIG, "\"%s\" is not an option; see tracetrack help", argv[i]);
        if (i + 1 == argc)
            return fail(call, FAULT_CONFIG, "%s: a value is missing", argv[i]);
    }
    return true;
}

static const char *file_asked(int argc, char *const *argv)
{
    for (int i = 0; i < argc; i += 2)
        if (strcmp(argv[i], "--config") == 0)
            return argv[i + 1];

    return NULL;
}

static bool check_production(struct call *call, const struct config *config)
{
    const char *secret = config_text(config, OPTION_SESSION_SECRET);

    if (!config_is_production(config))
        return true;
    if (!secret || strlen(secret) < SECRET_MIN_PRODUCTION)
        return fail(call, FAULT_CONFIG, "production needs a SESSION_SECRET of %d bytes or more",
            SECRET_MIN_PRODUCTION);
    if (config_is_on(config, OPTION_CREATE_TEST_USERS))
        return fail(call, FAULT_CONFIG, "%s: test users are refused in production",
            config->values[OPTION_CREATE_TEST_USERS].origin);
    return config_is_on(config, OPTION_RATE_LIMITS)
        || fail(call, FAULT_CONFIG, "%s: rate_limits can't be off in production",
            config->values[OPTION_RATE_LIMITS].origin);
}

/* What depends on more than one option. */
static bool config_load_settle(struct call *call, struct config *config)
{
    struct config_value *values = config->values;

    if (config_is_production(config) && values[OPTION_PRODUCTION_DATABASE].text)
        values[OPTION_DATABASE] = values[OPTION_PRODUCTION_DATABASE];
    if (values[OPTION_SESSION_IDLE_SECONDS].number > values[OPTION_SESSION_ABSOLUTE_SECONDS].number)
        return fail(call, FAULT_CONFIG,
            "%s: session_idle_seconds can't be more than session_absolute_seconds",
            values[OPTION_SESSION_IDLE_SECONDS].origin);
    return check_production(call, config);
}

bool config_load(struct call *call, int argc, char *const *argv, struct config *config)
{
    return check_flags(call, argc, argv) && load_defaults(call, config)
        && load_file(call, config, file_asked(argc, argv)) && load_environment(call, config)
        && load_flags(call, config, argc, argv) && config_load_settle(call, config);
}
