/*
 * Feed listener: one open connection that receives the messages of a feed (http/feed.h), as
 * server-sent events.
 *
 * A feed has a topic; a channel is one topic in one organisation, with its listeners and its latest
 * message. This file supplies the bytes of the event stream; src/server writes them to the
 * connection, on the thread of the connection's event loop.
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

/* One receiver of a feed. It is a part of struct exchange, the request of its connection. */
struct feed_listener {
    TAILQ_ENTRY(feed_listener) links; /* in the list of the channel */
    struct channel *channel; /* topic and organisation; NULL: not listening */
    void (*wake)(
        struct feed_listener *listener); /* called on any thread when there is something to do */
    uint64_t seen; /* number of the newest message that was taken */
    struct message *message; /* the message that is being sent; NULL: none */
    size_t offset; /* bytes of it that were sent */
    int64_t user_id, session_id; /* 0 if nobody is signed in */
    bool heartbeat_due; /* a comment line must be sent */
    atomic_bool
        must_check_session; /* the session may have ended; no message is sent until it is checked */
    bool ended; /* the stream ends after the message that is being sent */
};

/* Begin to listen to the topic, in the organisation and for the user of the call. `wake` is called
 * on any thread whenever there is a new message or the session must be checked, and must not
 * block. */
void feed_listener_open(struct feed_listener *listener, const struct call *call, const char *topic,
    void (*wake)(struct feed_listener *listener));

/* Stop listening, and zero the struct. Does nothing if it is not listening. */
void feed_listener_close(struct feed_listener *listener);

/* Copy the next bytes of the event stream to `bytes`, at most `room`. Returns their number; 0 if
 * there is nothing to send now; -1 at the end of the stream. Called on the loop's thread. */
ptrdiff_t feed_listener_read(struct feed_listener *listener, char *bytes, size_t room);

#endif
