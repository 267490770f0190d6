/*
 * Cookie: finding the session's value in a Cookie header, and setting it.
 */
#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

#include "base/call.h"
#include "http/reply.h"

/* The value of the cookie in a Cookie header; NULL when it isn't there (or either is NULL). */
const char *cookie_find(struct arena *arena, const char *header, const char *name);

/*
 * Set the session cookie; it is of no use to scripts or to other sites, and has no lifetime of its
 * own: it ends with the browser, or when the server says so.
 */
bool reply_set_session_cookie(struct call *call, struct reply *reply, const char *value);

/* Take the session cookie away. */
bool reply_clear_session_cookie(struct call *call, struct reply *reply);

/*
 * What the session's cookie is called. Where it is only for HTTPS it has the prefix `__Host-`:
 * browsers then take it from this very host alone, so no neighbour of the domain can plant one.
 */
const char *cookie_session_name(void);

/* Whether cookies are only for HTTPS. server_start() says so. */
void cookie_secure_set(bool secure);

#endif
