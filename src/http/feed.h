/*
 * Feed: server-sent events (https://html.spec.whatwg.org/#server-sent-events) for many listeners.
 *
 * A feed has a topic, a name such as "stats", and keeps the latest message per organisation. A
 * listener is one open connection. It gets the latest message at once, then every new one; a slow
 * listener skips to the newest message. A comment line is sent every 15 s (heartbeat_seconds) so
 * that proxies keep the connection open.
 *
 * A listener's connection ends with its session. The session is checked whenever it may have
 * changed, and no message is sent until that is done; expiry is noticed at the next comment line.
 */
#ifndef HTTP_FEED_H
#define HTTP_FEED_H

#include "session/session.h"

/* Send a message to all listeners of the topic in the organisation. `event` is its event type and
 * `data` its text of one line; both are copied. Does not block; may be called on any thread. */
void feed_publish(const char *topic, int64_t org_id, const char *event, const char *data);

/* The number of open connections that listen to the topic in the organisation. A publisher needs
 * to compute nothing while it is 0. May be called on any thread. */
int feed_listeners(const char *topic, int64_t org_id);

/* Register `wanted`, to be called whenever an organisation gets its first listener of the topic.
 * It is called on an http thread and must not block. Call this once per topic, before the server
 * starts. `topic` is not copied. */
void feed_on_first(const char *topic, void (*wanted)(int64_t org_id));

/* Announce that the sessions in *scope (organisation, user, session id; 0 matches any) may have
 * ended: their listeners get no further message until their session is checked, and are closed if
 * it has ended. Does not block; may be called on any thread. */
void feed_invalidate_sessions(const struct session_scope *scope);

/* Free all messages, and forget the functions of feed_on_first(). Called after the server has
 * stopped; there must be no listener left. */
void feed_close(void);

#endif
