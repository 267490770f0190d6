/*
 * Parts: what a running server is made of, in the order in which it is started.
 */
#ifndef CMD_PARTS_H
#define CMD_PARTS_H

#include "cmd/database.h"
#include "config/config.h"

struct listener;

struct serving {
    struct config config;
    struct database database;
    struct listener *listener;
    struct db *db; /* of the main thread, for chores */
    const char *setup_token; /* NULL when there is an administrator */
};

struct part {
    const char *name;
    bool (*open)(struct call *call, struct serving *serving); /* NULL: it starts by itself */
    void (*close)(struct serving *serving); /* NULL: nothing to undo */
};

extern const struct part parts[];
extern const int parts_count;

/* Start all parts, in order. On false those that were started are stopped again. */
MUST_USE bool parts_open(struct call *call, struct serving *serving);

/* Stop them, in reverse order. */
void parts_close(struct serving *serving);

#endif
