#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cmd/cmd.h"
#include "cmd/help.h"

#define EXIT_USAGE 64
#define EXIT_IO 74

static bool help(struct call *call, int argc, char **argv);
static bool version(struct call *call, int argc, char **argv);

/* clang-format off */
static const struct command commands[] = {
    /* name         function            what it is there for                                           settings  flags         actions */
    { "serve",      serve_command,      "run the server until SIGTERM or Ctrl-C",                       true,  NULL,         NULL },
    { "migrate",    migrate_command,    "bring the database's schema up to date, and end",              true,  NULL,         NULL },
    { "config",     config_command,     "print every setting and where it comes from",                  true,  config_flags, NULL },
    { "demo",       demo_command,       "fill an empty database with made-up data",                     true,  demo_flags,   NULL },
    { "sync-check", sync_check_command, "count everything anew, and say what differs",                  true,  NULL,         NULL },
    { "user",       user_command,       "list, make and unlock people, and give them passwords",        true,  user_flags,   user_command_action },
    { "doctor",     doctor_command,     "look for what would keep the server from starting",            true,  NULL,         NULL },
    { "export",     export_command,     "write what a list shows to the output, as CSV or Excel",       true,  export_flags, export_command_action },
    { "import",     import_command,     "import files of bags, of what is in them, and of bills",       true,  import_flags, import_command_action },
    { "audit",      audit_command,      "look for tampering with the audit log",                        true,  audit_flags,  audit_command_action },
    { "routes",     routes_command,     "print what can be asked over HTTP, and by whom",               false, routes_flags, NULL },
    { "tables",     tables_command,     "print the tables that other programs go by, as TypeScript",      false, tables_flags, NULL },
    { "help",       help,               "print the commands, or what the one named after it takes",     false, NULL,         NULL },
    { "version",    version,            "print the version",                                            false, NULL,         NULL },
};
/* clang-format on */

static const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];

    return NULL;
}

static bool help(struct call *call, int argc, char **argv)
{
    const struct command *command = argc > 0 ? command_find(argv[0]) : NULL;

    (void)call;
    if (command)
        help_print_command(command);
    else
        help_print_commands(commands, COUNT_OF(commands));
    return true;
}

static bool version(struct call *call, int argc, char **argv)
{
    (void)call;
    (void)argc;
    (void)argv;
    printf("tracetrack %s\n", TRACETRACK_VERSION);
    return true;
}

static bool is_there(const char *word, const char *also, int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        if (strcmp(argv[i], word) == 0 || strcmp(argv[i], also) == 0)
            return true;
    return false;
}

/* Wherever they stand, these two win: whoever asks wants nothing else done. */
static bool run(struct call *call, const struct command *command, int argc, char **argv)
{
    if (is_there("--help", "-h", argc, argv))
        return help(call, command ? 1 : 0, argv);
    if (is_there("--version", "-V", argc, argv))
        return version(call, 0, NULL);
    return command->run(call, argc - 1, argv + 1);
}

/* A word that should be a command and is none, or NULL. */
static const char *unknown_command(int argc, char **argv)
{
    const struct command *command = command_find(argv[0]);

    if (argv[0][0] == '-'
        && (is_there("--help", "-h", argc, argv) || is_there("--version", "-V", argc, argv)))
        return NULL;
    if (!command)
        return argv[0];
    return command->run == help && argc > 1 && argv[1][0] != '-' && !command_find(argv[1]) ? argv[1]
                                                                                           : NULL;
}

/* What was printed has to have arrived, on a full disk as well. */
static bool is_printed(struct call *call)
{
    return (fflush(stdout) == 0 && !ferror(stdout))
        || fail(call, FAULT_INTERNAL, "standard output: %s", strerror(errno));
}

static int run_and_report(int argc, char **argv)
{
    struct call call = { .address = "" };
    const bool done = run(&call, command_find(argv[0]), argc, argv);
    const bool printed = !done || is_printed(&call);
    const int status = !done ? fault_exit_status(call.fault.code) : printed ? 0 : EXIT_IO;

    if (status)
        fprintf(stderr, "tracetrack: %s\n", call.fault.detail);
    arena_free(&call.arena);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        help_print_commands(commands, COUNT_OF(commands));
        return EXIT_USAGE;
    }

    const char *unknown = unknown_command(argc - 1, argv + 1);

    if (unknown) {
        fprintf(stderr, "tracetrack: there is no command \"%s\"; see tracetrack help\n", unknown);
        return EXIT_USAGE;
    }
    return run_and_report(argc - 1, argv + 1);
}
