/*
 * Session cookie: `<org>.<session id>.<secret>.<signature>`, and what depends on the signing key.
 *
 * The signature covers everything before it. Nothing in here uses the cache or the database. The
 * key is set once, before there are threads.
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

/* Derive the signing key from the secret. */
void session_key_set(const char *secret);

/* Whether the text has the form of a cookie; *claim is its content, not verified. */
bool session_cookie_read(const char *cookie, struct session_claim *claim);

/* Whether a text of that form is signed with our key. */
bool session_cookie_is_signed(const char *cookie);

/* Write a signed cookie. */
void session_cookie_write(const struct session_claim *claim, char cookie[SESSION_COOKIE_MAX]);

/* A new secret. FAULT_INTERNAL if the kernel gives no random bytes. */
MUST_USE bool session_secret_create(struct call *call, char secret[SESSION_SECRET_HEX + 1]);

/* The secret's SHA-256 in hex, which is all that the database stores. */
void session_secret_hash(const char *secret, char hash[65]);

/*
 * The CSRF token, which proves that a request comes from our own pages. It is derived, not stored.
 */
void session_csrf_token(int64_t org_id, int64_t id, const char *secret_hash, char csrf[33]);

#endif
