/*
 * Feed listener: one receiver of a feed's messages. src/server writes them to the connection.
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
    void (*wake)(
        struct feed_listener *listener); /* called if it has something to do; from any thread */
    uint64_t seen; /* number of the newest message taken */
    struct message *message; /* being sent */
    size_t offset; /* of it */
    int64_t user_id, session_id; /* 0 if nobody is signed in */
    bool heartbeat_due; /* a comment line is due */
    atomic_bool
        must_check_session; /* its session may have ended; nothing is sent until that was checked */
    bool ended;
};

/* Begin to listen to the topic, for the call's person and organisation. */
void feed_listener_open(struct feed_listener *listener, const struct call *call, const char *topic,
    void (*wake)(struct feed_listener *listener));
void feed_listener_close(struct feed_listener *listener);

/*
 * Copy the next bytes for the connection. Returns their number, 0 if there is nothing to send now,
 * -1 at the end. On the listener's loop.
 */
ptrdiff_t feed_listener_read(struct feed_listener *listener, char *bytes, size_t room);

#endif
