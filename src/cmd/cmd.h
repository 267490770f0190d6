/*
 * Cmd: the commands of the program, as in `tracetrack serve`. main.c has the table of them.
 *
 * A command function gets the words after the command's name as argc and argv, and `call`, the
 * unit of work that has its memory. On an error it returns false with a fault in the call, which
 * main() prints and turns into the exit status. Flags and actions are tables that serve both for
 * reading the command line and for printing the help.
 */
#ifndef CMD_CMD_H
#define CMD_CMD_H

#include "base/call.h"
#include "cmd/flags.h"

/* A subcommand, such as `add NAME` of `tracetrack user add NAME`. */
struct command_action {
    const char *name, *arguments, /* "add"; "NAME", or "" if it takes none */
        *about; /* one line of help */
};

/* A row of main.c's table: one command. */
struct command {
    const char *name; /* "serve" */
    bool (*run)(struct call *call, int argc, char **argv);
    const char *about; /* one line of help */
    bool settings; /* it accepts every setting of config/option.def as a flag */
    const struct flag *flags; /* its own flags, ended by a NULL name; NULL if it has none */
    /* Returns the i-th action, NULL after the last. The pointer is NULL if it has no actions. */
    const struct command_action *(*action)(size_t i);
};

/* `tracetrack serve`: run the server until SIGTERM or SIGINT. */
bool serve_command(struct call *call, int argc, char **argv);

/* `tracetrack migrate`: bring the database's schema up to date, and print its version. */
bool migrate_command(struct call *call, int argc, char **argv);

/* `tracetrack config`: print every setting, its value and where the value comes from. */
bool config_command(struct call *call, int argc, char **argv);

/* `tracetrack demo`: fill an empty database with made-up data. FAULT_REFUSED if it has data. */
bool demo_command(struct call *call, int argc, char **argv);

/* `tracetrack sync-check`: compare the stored totals with a new count and print the differences.
 * FAULT_REFUSED if there are any. */
bool sync_check_command(struct call *call, int argc, char **argv);

/* `tracetrack user ACTION`: list, add and unlock users, and set their passwords. */
bool user_command(struct call *call, int argc, char **argv);

/* `tracetrack doctor`: check settings, database, schema and port, and print the result of each.
 * FAULT_CONFIG if a check fails. */
bool doctor_command(struct call *call, int argc, char **argv);

/* `tracetrack export LIST`: write the rows of a list to standard output, as CSV or Excel. */
bool export_command(struct call *call, int argc, char **argv);

/* `tracetrack import KIND FILE...`: import files as an administrator, and print what became of
 * their rows. FAULT_REFUSED if some were refused, or a file can't be read. */
bool import_command(struct call *call, int argc, char **argv);

/* `tracetrack audit verify`: check the audit log for tampering. FAULT_REFUSED if there is any. */
bool audit_command(struct call *call, int argc, char **argv);

/* `tracetrack routes`: print the table of HTTP routes as text; with --json as JSON, with --limits
 * the generated page docs/LIMITS.md. */
bool routes_command(struct call *call, int argc, char **argv);

/* `tracetrack tables`: print tables that the web pages share with the server, as TypeScript. */
bool tables_command(struct call *call, int argc, char **argv);

/* One table of flags for each command that has its own, ended by a row without a name. */
extern const struct flag config_flags[], demo_flags[], user_flags[], audit_flags[], export_flags[],
    import_flags[], routes_flags[], tables_flags[];

/* The i-th action of `tracetrack user`, from 0; NULL after the last. Static memory. */
const struct command_action *user_command_action(size_t i);

/* The i-th action of `tracetrack audit`, from 0; NULL after the last. Static memory. */
const struct command_action *audit_command_action(size_t i);

/* The i-th action of `tracetrack import`, from 0, which is the i-th kind of import; NULL after the
 * last. Static memory. */
const struct command_action *import_command_action(size_t i);

/* The i-th action of `tracetrack export`, from 0, which is the i-th list that can be exported; NULL
 * after the last. Static memory, overwritten by the next call. */
const struct command_action *export_command_action(size_t i);

#endif
