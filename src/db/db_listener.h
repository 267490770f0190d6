/*
 * Listener: a thread that receives PostgreSQL notifications (LISTEN/NOTIFY) about changes of data,
 * which other sessions of this or another server process send.
 *
 * Once a second it also runs a test query. So code that caches data can stop trusting its cache
 * when the calls of `on_alive` stop: the connection is lost, and notifications may be missed.
 */
#ifndef DB_DB_LISTENER_H
#define DB_DB_LISTENER_H

/* A running listener, made by db_listener_start(). */
struct db_listener;

/* The type of the function that the listener's thread calls for each notification. The texts are
 * valid during the call. Each channel gets one with payload "" whenever the listener has connected:
 * notifications may have been missed, so anything may have changed. */
typedef void db_listener_notify_fn(const char *channel, const char *payload);

/* The type of the function that the listener's thread calls about once a second, each time the
 * server has answered its test query, so the connection works. */
typedef void db_listener_alive_fn(void);

/* Start a listener's thread, which connects to `conninfo` (a libpq connection string, copied),
 * LISTENs on the channels and reconnects when necessary. `channels`, an array that ends with NULL,
 * must live as long as the listener. Both functions are called on the listener's thread; after a
 * reconnection nothing tells which notifications were missed. Never NULL; free it by
 * db_listener_stop(). */
struct db_listener *db_listener_start(const char *conninfo, const char *const *channels,
    db_listener_notify_fn *on_notify, db_listener_alive_fn *on_alive);

/* Stop the listener's thread, wait for its end, and free the listener. */
void db_listener_stop(struct db_listener *listener);

#endif
