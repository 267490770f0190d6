/*
 * Db loop: a thread with a database session of its own that calls a function again and again.
 *
 * For work that nobody asks for, such as sending mail. Before each turn the loop makes sure that
 * the session is connected; a turn that fails is logged, and the next one comes all the same.
 */
#ifndef DB_DB_LOOP_H
#define DB_DB_LOOP_H

#include "base/call.h"

/* What a loop is called, and what it does. */
struct db_loop_settings {
    const char *name; /* of the thread, and of the session in pg_stat_activity */
    const char *failed; /* the event that is logged when a turn fails */
    int every_ms; /* the rest between two turns */
    bool (*turn)(
        struct call *call); /* in the loop's session; the call's memory ends with the turn */
};

struct db_loop;

/* Start the thread; the first turn comes after the first rest. `settings` must live as long. */
struct db_loop *db_loop_start(const char *conninfo, const struct db_loop_settings *settings);

/* End the thread after the turn in hand. NULL is no loop: nothing happens. */
void db_loop_stop(struct db_loop *loop);

#endif
