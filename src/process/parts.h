/*
 * Parts: starts and stops the parts of a server process, such as the database, the lanes (threads
 * that process scans in batches) and the HTTP server, in a fixed order.
 */
#ifndef PROCESS_PARTS_H
#define PROCESS_PARTS_H

#include "config/config.h"
#include "process/database.h"
#include "process/preflight.h"

/* A connection that receives PostgreSQL's notifications; see db/db_listener.h. */
struct db_listener;

/* The state of the server process that its parts share. */
struct server_process {
    struct config config; /* set by the caller of parts_start() */
    struct database database;
    struct db_listener *listener; /* receives the notifications of changed accounts */
    struct db *db; /* the main thread's database session, for chores (process/chores.h) */
    struct preflight preflight;
    const char *setup_token; /* of the link that makes the first administrator; NULL: not needed */
};

/* Start all parts in their order. If one fails, those already started are stopped again, and the
 * fault in `call`, the unit of work in hand, is that part's. Memory is in call->arena. */
MUST_USE bool parts_start(struct call *call, struct server_process *process);

/* Stop all parts in the reverse order; the HTTP server finishes accepted requests first. */
void parts_stop(struct server_process *process);

#endif
