/*
 * Feed: server-sent events (https://html.spec.whatwg.org/#server-sent-events).
 *
 * A feed has a topic and a latest message per organisation. A new listener gets the latest at once,
 * then each new one; a slow listener skips to the newest instead of queueing. A comment line is
 * sent every 15 s so that proxies keep the connection.
 *
 * A stream ends with its session. It is asked about whenever it may have changed, and nothing more
 * is told before the answer; that its time is over is noticed with the next comment line.
 */
#ifndef HTTP_FEED_H
#define HTTP_FEED_H

#include "session/session.h"

/*
 * Send `data` (one line of text, copied) as `event` to all that listen to `topic` in that
 * organisation. From any thread; does not block.
 */
void feed_publish(const char *topic, int64_t org_id, const char *event, const char *data);

/* How many listen to the topic in this organisation: nothing need be computed for nobody. */
int feed_listeners(const char *topic, int64_t org_id);

/*
 * Call `wanted` (on an http thread, so it must not block) whenever the first listener of an
 * organisation comes. Said once per topic, before the server starts.
 */
void feed_on_first(const char *topic, void (*wanted)(int64_t org_id));

/* These sessions may be over: their streams ask. From any thread; does not block. */
void feed_invalidate_sessions(const struct session_scope *scope);

/* Forget all messages; after the server has stopped. */
void feed_close(void);

#endif
