#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "cmd/cmd.h"
#include "process/chores.h"
#include "process/parts.h"
#include "server/server.h"

static void take_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
    signal(SIGPIPE, SIG_IGN);
    /* Before the first thread, so that all of them leave these to the main one. */
    sigprocmask(SIG_BLOCK, set, NULL);
}

static void set_log_level(const struct config *config)
{
    log_level_set((enum log_level)config_choice(config, OPTION_LOG_LEVEL));
}

/* Only what is marked RELOADS is taken; a mistake in the file changes nothing. */
static void reload(const struct arguments *words)
{
    struct call call = { .org_id = 0 };
    struct config config;

    if (config_load(&call, words->count, words->items, &config)) {
        set_log_level(&config);
        log_line(LOG_INFO, "reloaded", "log_level is %s", config_text(&config, OPTION_LOG_LEVEL));
    } else {
        log_line(LOG_ERROR, "reload_failed", "%s", call.fault.detail);
    }
    arena_free(&call.arena);
}

/* Where a person on this machine finds it. */
static const char *web_address(struct call *call, const struct config *config)
{
    const char *address = config_text(config, OPTION_LISTEN);
    const bool any = strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0;
    const bool six = strchr(address, ':') != NULL;

    if (any)
        address = "localhost";
    else if (six)
        address = arena_format(&call->arena, "[%s]", address);
    return arena_format(&call->arena, "http%s://%s:%d",
        config_text(config, OPTION_TLS_CERT) ? "s" : "", address, server_port());
}

static void print_address(struct call *call, const struct server_process *process)
{
    const char *address = web_address(call, &process->config);

    printf("TraceTrack is at %s\n", address);
    if (process->setup_token)
        printf("Nobody can sign in yet. Make the first administrator at\n"
               "  %s/setup#token=%s\n",
            address, process->setup_token);
}

/* Returns when the server is to stop. */
static void wait_and_do_chores(
    struct server_process *process, const struct arguments *words, const sigset_t *set)
{
    const struct timespec turn = { .tv_nsec = 250 * 1000000L };

    for (;;) {
        const int got = sigtimedwait(set, NULL, &turn);

        if (got == SIGTERM || got == SIGINT)
            return;
        if (got == SIGHUP)
            reload(words);
        chores_run(process);
    }
}

bool serve_command(struct call *call, int argc, char **argv)
{
    const struct arguments words = { argc, argv };
    struct server_process process = { .listener = NULL };
    sigset_t set;

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!config_load(call, argc, argv, &process.config))
        return false;
    set_log_level(&process.config);
    take_signals(&set);
    if (!parts_start(call, &process))
        return false;

    print_address(call, &process);
    wait_and_do_chores(&process, &words, &set);
    printf("Stopping.\n");
    parts_stop(&process);
    return true;
}
