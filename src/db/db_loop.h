/*
 * Db loop: a thread with a database session of its own that calls a function again and again.
 *
 * It is for background work, such as sending mail. One call of the function is a turn. Before each
 * turn the loop connects the session if necessary. A turn that fails is logged, and the loop goes
 * on. A call is the unit of work that the function gets (base/call.h): memory, session and fault.
 */
#ifndef DB_DB_LOOP_H
#define DB_DB_LOOP_H

#include "base/call.h"

/* The settings of a loop; its name is also that of its session in pg_stat_activity. */
struct db_loop_settings {
    const char *name; /* of the thread */
    const char *failed; /* the event name that is logged if a turn fails, such as "mail_failed" */
    int every_ms; /* the pause between two turns, in milliseconds */
    /* The function to call for each turn: returns false, with a fault, if it failed. call->arena is
     * freed after each turn. */
    bool (*turn)(struct call *call);
};

/* A running loop, made by db_loop_start(). */
struct db_loop;

/* Start a loop's thread, with a session that connects to `conninfo` (a libpq connection string,
 * copied); it pauses before the first turn too. `settings` is not copied: it must live as long as
 * the loop. Never NULL; free it
 * by db_loop_stop(). */
struct db_loop *db_loop_start(const char *conninfo, const struct db_loop_settings *settings);

/* Stop the thread after its present turn, wait for its end, and free the loop. Does nothing if
 * `loop` is NULL. */
void db_loop_stop(struct db_loop *loop);

/* Let the loop's next turn begin at once, or right after the present one. May be called on any
 * thread. */
void db_loop_wake(struct db_loop *loop);

#endif
