#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cmd/cmd.h"

struct command {
    const char *name;
    bool (*run)(struct call *call, int argc, char **argv);
    const char *words, *about;
};

static bool help(struct call *call, int argc, char **argv);

/* clang-format off */
static const struct command commands[] = {
    /* name       function          words           what it does */
    { "serve",    serve_command,    "[options]",    "run the server until SIGTERM or Ctrl-C" },
    { "migrate",  migrate_command,  "[options]",    "bring the database's schema up to date, and end" },
    { "config",   config_command,   "[options]",    "print every setting and where it comes from" },
    { "demo",     demo_command,     "[--bags N]",   "fill an empty database with made-up data" },
    { "sync-check", sync_check_command, "[options]", "count everything anew, and say what differs" },
    { "user",     user_command,     "list|add|...", "make, list, unlock people, and give them passwords" },
    { "doctor",   doctor_command,   "[options]",    "look for what would keep the server from starting" },
    { "audit",    audit_command,    "verify",       "look for tampering with the audit log" },
    { "routes",   routes_command,   "[--json]",     "print what can be asked over HTTP, and by whom" },
    { "help",     help,             "",             "print this" },
};
/* clang-format on */

static bool help(struct call *call, int argc, char **argv)
{
    (void)call;
    (void)argc;
    (void)argv;
    printf("usage: tracetrack <command> ...\n\n");
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        printf("  %-8s %-10s %s\n", commands[i].name, commands[i].words, commands[i].about);
    printf("\nOptions: --config FILE, --listen ADDRESS:PORT, --data FOLDER, and every name that\n"
           "`tracetrack config` prints: --log-level debug, or --option log_level=debug.\n");
    return true;
}

static const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];

    return NULL;
}

int main(int argc, char **argv)
{
    struct call call = { .address = "" };
    const struct command *command = argc > 1 ? command_find(argv[1]) : NULL;

    if (!command) {
        help(&call, 0, NULL);
        return 64;
    }

    const bool done = command->run(&call, argc - 2, argv + 2);
    const int status = done ? 0 : fault_exit_status(call.fault.code);

    if (!done)
        fprintf(stderr, "tracetrack: %s\n", call.fault.detail);
    arena_free(&call.arena);
    return status;
}
