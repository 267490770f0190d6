/*
 * Cookie: finds the session's cookie in a request and sets it in a reply.
 */
#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

#include "base/call.h"
#include "http/reply.h"

/* The value of a cookie in a Cookie header; NULL if it is missing, or if an argument is NULL. */
const char *cookie_find(struct arena *arena, const char *header, const char *name);

/*
 * Set the session cookie. Scripts and other sites can't use it. It has no expiry date: it ends with
 * the browser, or when the server ends the session.
 */
bool reply_set_session_cookie(struct call *call, struct reply *reply, const char *value);

/* Tell the browser to delete the session cookie. Always true, as reply_json(). */
bool reply_clear_session_cookie(struct call *call, struct reply *reply);

/*
 * The name of the session's cookie. If cookies are for HTTPS only, it has the prefix `__Host-`:
 * browsers then accept it from this host alone, so that no other host of the domain can plant one.
 */
const char *cookie_session_name(void);

/* Whether cookies are for HTTPS only. Set by server_start(). */
void cookie_secure_set(bool secure);

#endif
