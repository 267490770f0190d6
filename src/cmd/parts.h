/*
 * Parts: the parts of a running server, in the order in which they are started.
 */
#ifndef CMD_PARTS_H
#define CMD_PARTS_H

#include "cmd/database.h"
#include "cmd/preflight.h"
#include "config/config.h"

struct db_listener;

struct server_process {
    struct config config;
    struct database database;
    struct db_listener *listener;
    struct db *db; /* the main thread's session, for chores */
    struct preflight preflight;
    const char *setup_token; /* NULL if there is an administrator */
};

/* Start all parts, in order. If one fails, those already started are stopped again. */
MUST_USE bool parts_start(struct call *call, struct server_process *process);

/* Stop them, in reverse order. */
void parts_stop(struct server_process *process);

#endif
