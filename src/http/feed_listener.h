/*
 * Feed listener: a connection that gets a feed's messages. For src/http only.
 */
#ifndef HTTP_FEED_LISTENER_H
#define HTTP_FEED_LISTENER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

struct channel;
struct exchange;
struct message;

struct listener {
    TAILQ_ENTRY(listener) links; /* of the channel */
    struct exchange *exchange;
    struct channel *channel; /* NULL: not listening */
    uint64_t seen; /* number of the newest message taken */
    struct message *message; /* being sent */
    size_t offset; /* of it */
    int64_t user_id, session_id; /* 0: nobody is signed in */
    bool beat; /* a comment line is due */
    atomic_bool doubted; /* its session may be over: nothing is told until it was asked about */
    bool ended;
};

/* Begin to listen to the call's organisation's channel of the route's topic. */
void listener_open(struct exchange *exchange, const char *topic);
void listener_close(struct exchange *exchange);

/*
 * The next bytes for the connection: how many, 0 when there is nothing to send now, -1 at the end.
 * On the listener's loop.
 */
ptrdiff_t listener_read(struct listener *listener, char *bytes, size_t room);

/* There is nothing more to send: whatever waited for its connection to rest is done now. */
void listener_rest(struct exchange *exchange);

/* It needs a sign of life, and its session another look. */
void listener_beat(struct exchange *exchange);

/* It is back on its loop: there is something to send, its session is in doubt, or was asked for. */
void listener_back(struct exchange *exchange);

#endif
