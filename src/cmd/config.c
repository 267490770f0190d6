#include "config/config.h"

#include <stdio.h>

#include "cmd/cmd.h"

static void print_value(const struct config *config, enum option_id id)
{
    printf("%-26s %-20s %s\n", options[id].name, config_display(config, id),
        config->values[id].origin);
}

static void config_command_print_limits(const struct option *option)
{
    switch (option->kind) {
    case KIND_TEXT:
        printf("text");
        break;
    case KIND_NUMBER:
        printf("%lld to %lld%s%s", (long long)option->min, (long long)option->max,
            *option->words ? " " : "", option->words);
        break;
    case KIND_SWITCH:
    case KIND_CHOICE:
        printf("%s", option->words);
        break;
    }
}

static void print_row(const struct option *option)
{
    printf("| `%s` | ", option->name);
    config_command_print_limits(option);
    printf(" | %s | ", option->default_value ? option->default_value : "");
    if (option->variable)
        printf("`%s`", option->variable);
    printf(" | %s%s%s |\n", option->about, option->flags & SECRET ? " Secret." : "",
        option->flags & RELOADS ? " Taken anew on SIGHUP." : "");
}

/* docs/CONFIG.md */
static void print_markdown(void)
{
    printf("# Settings\n\n"
           "<!-- Written by `make docs` from src/config/option.def. -->\n\n"
           "A setting has the value of the last of these that names it: its default; the file "
           "`tracetrack.conf`\nin the working directory, or the one given by `--config FILE`, with "
           "lines of `name = value`; the\nenvironment; a flag, as in `--log-level debug` or "
           "`--option log_level=debug`. An unknown name or a value\nout of range stops the start "
           "with a message that says where it is. `tracetrack config` prints every value\nand "
           "where it comes from.\n\n"
           "| name | values | default | environment | what it is for |\n"
           "|---|---|---|---|---|\n");
    for (int i = 0; i < OPTIONS_COUNT; i++)
        print_row(&options[i]);
}

enum config_flag { CONFIG_MARKDOWN, CONFIG_FLAGS };

const struct flag config_flags[] = {
    [CONFIG_MARKDOWN] = { "--markdown", NULL, "print docs/CONFIG.md instead" },
    [CONFIG_FLAGS] = { NULL, NULL, NULL },
};

bool config_command(struct call *call, int argc, char **argv)
{
    struct arguments arguments = { argc, argv };
    const char *values[CONFIG_FLAGS];
    struct config config;

    if (!flags_take(call, config_flags, &arguments, values))
        return false;
    if (values[CONFIG_MARKDOWN] && !flags_check_end(call, &arguments))
        return false;
    if (values[CONFIG_MARKDOWN]) {
        print_markdown();
        return true;
    }
    if (!config_load(call, arguments.count, arguments.items, &config))
        return false;

    for (int i = 0; i < OPTIONS_COUNT; i++)
        print_value(&config, (enum option_id)i);
    return true;
}
