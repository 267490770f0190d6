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

struct listener {
    TAILQ_ENTRY(listener) links; /* of the channel */
    struct channel *channel; /* NULL: not listening */
    void (*wake)(struct listener *listener); /* there is something for it; from any thread */
    uint64_t seen; /* number of the newest message taken */
    struct message *message; /* being sent */
    size_t offset; /* of it */
    int64_t user_id, session_id; /* 0: nobody is signed in */
    bool beat; /* a comment line is due */
    atomic_bool doubted; /* its session may be over: nothing is told until it was asked about */
    bool ended;
};

/* Begin to listen to the topic, for the call's person in its organisation. */
void listener_open(struct listener *listener, const struct call *call, const char *topic,
    void (*wake)(struct listener *listener));
void listener_close(struct listener *listener);

/*
 * The next bytes for the connection: how many, 0 when there is nothing to send now, -1 at the end.
 * On the listener's loop.
 */
ptrdiff_t listener_read(struct listener *listener, char *bytes, size_t room);

#endif
