/*
 * Stream: the connection of a feed's listener, which ends with its session.
 *
 * The session is looked up in the cache at each sign of life and whenever it may have changed. If
 * the cache can't tell, a worker asks the database, and nothing more is sent until it has answered.
 * All of this runs on the connection's own loop.
 */
#ifndef SERVER_STREAM_H
#define SERVER_STREAM_H

#include "server/exchange.h"
#include "server/peer.h"

/* Listen to the route's topic. */
void stream_open(struct exchange *exchange);

/* The feed must send a sign of life, and the session must be checked. */
void stream_heartbeat(struct peer *peer);

/* There is nothing more to send now: do what had to wait for that. */
void stream_idle(struct exchange *exchange);

/*
 * Go on with an exchange that another thread has returned to its loop: send what there is to send,
 * check the session if it may have changed, or take what a worker has found out about it; a stream
 * whose session has ended is closed.
 */
void stream_returned(struct exchange *exchange);

#endif
