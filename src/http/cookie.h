/*
 * Cookie: finds the session cookie in a request and sets it in a reply.
 *
 * The session cookie is what identifies a signed-in user. It is HttpOnly and SameSite=Lax, and
 * Secure if the server is used by HTTPS. A call is one unit of work, such as a request; its memory
 * is call->arena.
 */
#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

#include "base/call.h"
#include "http/reply.h"

/* The value of the cookie `name` in `header`, the value of a Cookie header, which may be NULL.
 * Returns a copy in the arena; NULL if there is no such cookie. */
const char *cookie_find(struct arena *arena, const char *header, const char *name);

/* Add a Set-Cookie header with the session cookie to the reply. It has no expiry date: it lasts
 * until the browser ends, or the server ends the session. Always returns true. */
bool reply_set_session_cookie(struct call *call, struct reply *reply, const char *value);

/* Add a Set-Cookie header by which the browser deletes the session cookie. Always returns true. */
bool reply_clear_session_cookie(struct call *call, struct reply *reply);

/* The name of the session cookie, a constant. If cookies are for HTTPS only, it has the prefix
 * `__Host-`: browsers then accept it from this host alone, and from no other one of the domain. */
const char *cookie_session_name(void);

/* Set whether the session cookie is for HTTPS only (attribute Secure). Called by server_start(). */
void cookie_secure_set(bool secure);

#endif
