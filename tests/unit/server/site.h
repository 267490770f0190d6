/*
 * Site: a small server of its own for the tests of src/http: a route table, and sessions that are
 * told by the cookie's text. No database.
 *
 * Cookie "ada" is a dispatcher's, "root" an admin's, "ask" and "ask-gone" are only known to
 * session_load(), "ask-down" meets a database that is away; "late" is "ada" until site_sign_out().
 */
#ifndef TESTS_UNIT_HTTP_SITE_H
#define TESTS_UNIT_HTTP_SITE_H

#include "server/server.h"

#define SITE_CSRF "0123456789abcdef0123456789abcdef"

/* Short deadlines: 1 s for headers, 2 s between requests, 1 s for a body. */
struct server_settings site_settings(void);

/* Start with these settings on any port of 127.0.0.1. */
void site_start(const struct server_settings *settings);
void site_stop(int seconds);

/* "late" is signed out. */
void site_sign_out(void);

/* GET /api/held is answered from now on. */
void site_release(void);

/* How often GET /api/again has run. */
int site_runs(void);

#endif
