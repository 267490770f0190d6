/*
 * Stream: the connection of a feed's listener, and what it owes its session.
 *
 * A stream ends with its session. The cache is asked at each beat and whenever the session is in
 * doubt; where it can't tell, a worker asks the database, and nothing more is sent until it has
 * answered. All of it runs on the connection's own loop.
 */
#ifndef SERVER_STREAM_H
#define SERVER_STREAM_H

#include "server/exchange.h"
#include "server/peer.h"

/* Listen to the route's topic. */
void stream_open(struct exchange *exchange);

/* It needs a sign of life, and its session another look. */
void stream_heartbeat(struct peer *peer);

/* There is nothing more to send now: whatever waited for the connection to rest is done. */
void stream_idle(struct exchange *exchange);

/* It is back on its loop: there is something to send, its session is in doubt, or was asked for. */
void stream_returned(struct exchange *exchange);

#endif
