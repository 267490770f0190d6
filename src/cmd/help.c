#include "cmd/help.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "config/config.h"

#define HELP_COLUMN 36

void help_print_commands(const struct command *commands, size_t count)
{
    printf("usage: tracetrack COMMAND ...\n\nCommands:\n");
    for (size_t i = 0; i < count; i++)
        printf("  %-11s %s\n", commands[i].name, commands[i].about);
    printf("\n`tracetrack COMMAND --help` tells what a command takes, `tracetrack --version` which "
           "version this is.\n");
}

static void help_print_usage(const struct command *command)
{
    printf("usage: tracetrack %s%s%s\n\n%c%s.\n", command->name, command->action ? " ACTION" : "",
        command->flags || command->settings ? " [OPTIONS]" : "", toupper(command->about[0]),
        command->about + 1);
}

static void help_print_actions(const struct command *command)
{
    if (!command->action)
        return;

    printf("\nActions:\n");
    for (size_t i = 0; command->action(i); i++) {
        const struct command_action *action = command->action(i);

        printf("  %s %-*s %s\n", action->name, HELP_COLUMN - 3 - (int)strlen(action->name),
            action->arguments, action->about);
    }
}

static void help_print_flag(const char *name, const char *value, const char *about)
{
    printf("  %s %-*s %s\n", name, HELP_COLUMN - 3 - (int)strlen(name), value, about);
}

static void help_print_flags(const struct command *command)
{
    if (command->flags || command->settings)
        printf("\nOptions:\n");
    for (const struct flag *flag = command->flags; flag && flag->name; flag++)
        help_print_flag(flag->name, flag->value ? flag->value : "", flag->about);
    if (command->settings)
        help_print_flag(
            "--config", "FILE", "file of settings; without it tracetrack.conf, if that is there");
}

/* "development|test|production" */
static void help_print_choices(const char *words)
{
    for (; *words; words++)
        putchar(*words == ' ' ? '|' : *words);
}

static void help_print_name(const struct option *option)
{
    printf("  --");
    for (const char *at = option->name; *at; at++)
        putchar(*at == '_' ? '-' : *at);
    putchar(' ');
    switch (option->kind) {
    case KIND_TEXT:
        printf("TEXT");
        break;
    case KIND_NUMBER:
        printf("%lld..%lld", (long long)option->min, (long long)option->max);
        break;
    case KIND_SWITCH:
    case KIND_CHOICE:
        help_print_choices(option->words);
        break;
    }
}

static void help_print_setting(const struct option *option)
{
    help_print_name(option);
    if (option->default_value)
        printf(" (%s%s%s)", option->default_value,
            option->kind == KIND_NUMBER && *option->words ? " " : "",
            option->kind == KIND_NUMBER ? option->words : "");
    if (option->variable)
        printf(" $%s", option->variable);
    printf("\n      %s\n", option->about);
}

static void help_print_settings(void)
{
    printf("\nSettings, with their values, (defaults) and $ENVIRONMENT; `--option name=value` "
           "works as well:\n");
    for (int i = 0; i < OPTIONS_COUNT; i++)
        help_print_setting(&options[i]);
}

void help_print_command(const struct command *command)
{
    help_print_usage(command);
    help_print_actions(command);
    help_print_flags(command);
    if (command->settings)
        help_print_settings();
}
