/*
 * Listener: a thread that hears what other sessions, of whatever server, have changed.
 *
 * It knows when it is deaf: once a second it asks the server something trivial and then says that
 * it is alive. Whoever caches what the channels are about trusts the cache only while that is
 * fresh.
 */
#ifndef DB_DB_LISTENER_H
#define DB_DB_LISTENER_H

struct db_listener;

/*
 * A notification; an empty payload means "anything may have changed", and comes on each channel
 * whenever the listener has begun to listen. Both run on the listener's thread.
 */
typedef void db_listener_notify_fn(const char *channel, const char *payload);
typedef void db_listener_alive_fn(void);

/* Starts the thread. `channels` ends with NULL and lives as long as the listener. Never NULL. */
struct db_listener *db_listener_start(const char *conninfo, const char *const *channels,
    db_listener_notify_fn *on_notify, db_listener_alive_fn *on_alive);

void db_listener_stop(struct db_listener *listener);

#endif
