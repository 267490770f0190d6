/*
 * Feed listener: whoever gets a feed's messages. For src/server, which writes them to a connection.
 */
#ifndef HTTP_FEED_LISTENER_H
#define HTTP_FEED_LISTENER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/call.h"

struct channel;
struct message;

struct feed_listener {
    TAILQ_ENTRY(feed_listener) links; /* of the channel */
    struct channel *channel; /* NULL: not listening */
    void (*wake)(struct feed_listener *listener); /* there is something for it; from any thread */
    uint64_t seen; /* number of the newest message taken */
    struct message *message; /* being sent */
    size_t offset; /* of it */
    int64_t user_id, session_id; /* 0: nobody is signed in */
    bool heartbeat_due; /* a comment line is due */
    atomic_bool
        must_check_session; /* its session may be over: nothing is told until it was asked about */
    bool ended;
};

/* Begin to listen to the topic, for the call's person in its organisation. */
void feed_listener_open(struct feed_listener *listener, const struct call *call, const char *topic,
    void (*wake)(struct feed_listener *listener));
void feed_listener_close(struct feed_listener *listener);

/*
 * The next bytes for the connection: how many, 0 when there is nothing to send now, -1 at the end.
 * On the listener's loop.
 */
ptrdiff_t feed_listener_read(struct feed_listener *listener, char *bytes, size_t room);

#endif
