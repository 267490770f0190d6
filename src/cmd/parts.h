/*
 * Parts: what a running server is made of, in the order in which it is started.
 */
#ifndef CMD_PARTS_H
#define CMD_PARTS_H

#include "cmd/database.h"
#include "config/config.h"

struct db_listener;

struct server_process {
    struct config config;
    struct database database;
    struct db_listener *listener;
    struct db *db; /* of the main thread, for chores */
    const char *setup_token; /* NULL when there is an administrator */
};

struct part {
    const char *name;
    bool (*start)(
        struct call *call, struct server_process *process); /* NULL: it starts by itself */
    void (*stop)(struct server_process *process); /* NULL: nothing to undo */
};

extern const struct part parts[];
extern const int parts_count;

/* Start all parts, in order. On false those that were started are stopped again. */
MUST_USE bool parts_start(struct call *call, struct server_process *process);

/* Stop them, in reverse order. */
void parts_stop(struct server_process *process);

#endif
