/*
 * Feed: server-sent events (https://html.spec.whatwg.org/#server-sent-events).
 *
 * A feed has a topic, and the latest message per organisation. A new listener gets the latest
 * message at once, then every new one; a slow listener skips to the newest instead of queueing. A
 * comment line is sent every 15 s so that proxies keep the connection open.
 *
 * A stream ends with its session. The session is checked whenever it may have changed, and nothing
 * is sent before the result is known; that it has expired is noticed at the next comment line.
 */
#ifndef HTTP_FEED_H
#define HTTP_FEED_H

#include "session/session.h"

/*
 * Send `data` (one line of text, copied) as `event` to all listeners of `topic` in the
 * organisation. From any thread; does not block.
 */
void feed_publish(const char *topic, int64_t org_id, const char *event, const char *data);

/*
 * The number of listeners to the topic in the organisation. With none, there is nothing to compute.
 */
int feed_listeners(const char *topic, int64_t org_id);

/*
 * Call `wanted` whenever an organisation gets its first listener. It is called on an http thread
 * and must not block. Set once per topic, before the server starts.
 */
void feed_on_first(const char *topic, void (*wanted)(int64_t org_id));

/* These sessions may have ended: their streams check. From any thread; does not block. */
void feed_invalidate_sessions(const struct session_scope *scope);

/* Forget all messages. Called after the server has stopped. */
void feed_close(void);

#endif
