/*
 * Cmd: the commands of the program. main.c has the table.
 *
 * Each command gets the arguments after its name. Like any function it returns false with a fault,
 * which main() prints and turns into the exit status. What a command takes is said once, in tables
 * that both read it and make its help.
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include "base/call.h"
#include "cmd/flags.h"

/* What may follow the command's name, as `add NAME` does after `user`. */
struct command_action {
    const char *name, *arguments, *about;
};

struct command {
    const char *name;
    bool (*run)(struct call *call, int argc, char **argv);
    const char *about;
    bool settings; /* takes every setting as a flag */
    const struct flag *flags; /* its own; NULL if it has none */
    const struct command_action *(*action)(
        size_t i); /* NULL behind the last; NULL if it has none */
};

bool serve_command(struct call *call, int argc, char **argv);
bool migrate_command(struct call *call, int argc, char **argv);
bool config_command(struct call *call, int argc, char **argv);
bool demo_command(struct call *call, int argc, char **argv);
bool sync_check_command(struct call *call, int argc, char **argv);
bool user_command(struct call *call, int argc, char **argv);
bool doctor_command(struct call *call, int argc, char **argv);
bool export_command(struct call *call, int argc, char **argv);
bool audit_command(struct call *call, int argc, char **argv);
bool routes_command(struct call *call, int argc, char **argv);
bool tables_command(struct call *call, int argc, char **argv);

extern const struct flag config_flags[], demo_flags[], user_flags[], audit_flags[], export_flags[],
    routes_flags[], tables_flags[];

const struct command_action *user_command_action(size_t i);
const struct command_action *audit_command_action(size_t i);
const struct command_action *export_command_action(size_t i);

#endif
