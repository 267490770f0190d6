/*
 * Listener: a thread that receives notifications about changes made by other sessions, of any
 * server.
 *
 * Once a second it asks the server something trivial and then calls `on_alive`. So whoever caches
 * data that the channels are about can stop trusting the cache when these signs of life fail to
 * come.
 */
#ifndef DB_DB_LISTENER_H
#define DB_DB_LISTENER_H

struct db_listener;

/*
 * Called for a notification. An empty payload means "anything may have changed"; each channel gets
 * one whenever the listener has begun to listen. Both functions are called on the listener's
 * thread.
 */
typedef void db_listener_notify_fn(const char *channel, const char *payload);

/* Called on the listener's thread whenever the connection has shown a sign of life. */
typedef void db_listener_alive_fn(void);

/*
 * Starts the thread. `channels` ends with NULL and must live as long as the listener. Never NULL.
 */
struct db_listener *db_listener_start(const char *conninfo, const char *const *channels,
    db_listener_notify_fn *on_notify, db_listener_alive_fn *on_alive);

/* Stop the thread and free the listener. */
void db_listener_stop(struct db_listener *listener);

#endif
