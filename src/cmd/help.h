/*
 * Help: what the commands are and take, printed from their tables.
 */
#ifndef CMD_HELP_H
#define CMD_HELP_H

#include "cmd/cmd.h"

/* All commands, one a line. */
void help_print_commands(const struct command *commands, size_t count);

/* One command: what it does, its actions, its flags, and the settings if it takes them. */
void help_print_command(const struct command *command);

#endif
