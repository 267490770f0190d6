/*
 * Stream: the connection of a client that listens to a feed (server-sent events, http/feed.h). It
 * ends when the client's session ends.
 *
 * An exchange is one request with its answer, here the endless one of a stream. The session is
 * looked up in the cache at each heartbeat, the comment line that keeps the connection open, and
 * whenever it may have changed. If the cache doesn't have it, a worker, a thread with a database
 * session, loads it, and nothing more is sent until then. All functions run on the thread of the
 * connection's loop.
 */
#ifndef SERVER_STREAM_H
#define SERVER_STREAM_H

#include "server/exchange.h"
#include "server/peer.h"

/* Begin to listen to the topic of the exchange's route, as exchange->listener. */
void stream_open(struct exchange *exchange);

/* Send a heartbeat on the connection of a stream, and check its session first. Called by
 * peers_expire() when the heartbeat is due. Does nothing while it is sending or being checked. */
void stream_heartbeat(struct peer *peer);

/* Called when the stream has nothing to send and its connection was suspended. If the session must
 * be checked, puts the exchange on the loop's queue, so that stream_returned() checks it. */
void stream_idle(struct exchange *exchange);

/* Continue with a stream that another thread has put on the loop's queue: handle the session that
 * a worker has loaded, check the session if it may have changed, and resume sending. Ends the
 * stream if its session has ended or lacks the permission. */
void stream_returned(struct exchange *exchange);

#endif
