/*
 * Session cookie: `<org>.<session id>.<secret>.<signature>`, and what hangs on the signing key.
 *
 * The signature covers all that stands before it. Nothing in here asks the cache or the database.
 * The key is set once, before any thread asks.
 */
#ifndef SESSION_SESSION_COOKIE_H
#define SESSION_SESSION_COOKIE_H

#include "base/call.h"

#define SESSION_SECRET_HEX 32
#define SESSION_SIGNATURE_HEX 64

/* Two numbers, their dots, and the end. */
#define SESSION_COOKIE_MAX (2 * 20 + SESSION_SECRET_HEX + 1 + SESSION_SIGNATURE_HEX + 1)

struct session_claim {
    int64_t org_id, id;
    char secret[SESSION_SECRET_HEX + 1];
};

void session_key_set(const char *secret);

/* Whether the text has the form of a cookie; *claim is what it says of itself, true or not. */
bool session_cookie_read(const char *cookie, struct session_claim *claim);

/* Whether a text of that form was signed with our key. */
bool session_cookie_is_signed(const char *cookie);

void session_cookie_write(const struct session_claim *claim, char cookie[SESSION_COOKIE_MAX]);

/* A new secret. FAULT_INTERNAL when there are no random bytes. */
MUST_USE bool session_secret_create(struct call *call, char secret[SESSION_SECRET_HEX + 1]);

/* SHA-256 in hex: all that the database knows of the secret. */
void session_secret_hash(const char *secret, char hash[65]);

/* The token that proves a request to come from our own pages; needs no room in the database. */
void session_csrf_token(int64_t org_id, int64_t id, const char *secret_hash, char csrf[33]);

#endif
