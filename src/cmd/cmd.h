/*
 * Cmd: the commands of the program. main.c has the table.
 *
 * Each command gets the arguments after its name. Like any function it returns false with a fault,
 * which main() prints and turns into the exit status.
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include "base/call.h"

bool serve_command(struct call *call, int argc, char **argv);
bool migrate_command(struct call *call, int argc, char **argv);
bool config_command(struct call *call, int argc, char **argv);
bool demo_command(struct call *call, int argc, char **argv);
bool sync_check_command(struct call *call, int argc, char **argv);
bool user_command(struct call *call, int argc, char **argv);
bool doctor_command(struct call *call, int argc, char **argv);
bool audit_command(struct call *call, int argc, char **argv);
bool routes_command(struct call *call, int argc, char **argv);

#endif
