/*
 * Help: prints to standard output what the commands do and which flags they take, from their
 * tables.
 */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "cmd/cmd.h"

/* Print the usage line and all `count` commands, one on each line. */
void help_print_commands(const struct command *commands, size_t count);

/* Print one command: what it does, its actions, its flags, and all settings if it accepts them. */
void help_print_command(const struct command *command);

#endif
