/*
 * Session cookie: reads, writes and verifies the cookie `<org>.<session id>.<secret>.<signature>`.
 *
 * Org and session id are decimal numbers, secret and signature are hex. The signature is
 * HMAC-SHA-256 of everything before it, so a forged cookie is rejected without asking the database.
 * The key is set once, before there are threads. Nothing here uses the cache or the database.
 */
#ifndef SESSION_SESSION_COOKIE_H
#define SESSION_SESSION_COOKIE_H

#include "base/call.h"

/* The length of a session's secret in the cookie, without a NUL: 128 random bits as hex digits. Not
 * to be confused with the setting SESSION_SECRET, the key that signs cookies. */
#define SESSION_SECRET_HEX 32

/* The length of the cookie's signature, in hex digits. */
#define SESSION_SIGNATURE_HEX 64

/* The size of a buffer for any cookie: two numbers and their dots, the secret and its dot, the
 * signature and the NUL at the end. */
#define SESSION_COOKIE_MAX (2 * 20 + SESSION_SECRET_HEX + 1 + SESSION_SIGNATURE_HEX + 1)

/* The content of a cookie without the signature. */
struct session_claim {
    int64_t org_id, id; /* the organisation, and the row of the session */
    char secret[SESSION_SECRET_HEX + 1]; /* hex digits and a NUL */
};

/* Derive the signing key from the setting SESSION_SECRET, a text of any length. */
void session_key_set(const char *secret);

/* Parse a cookie into *claim. Returns false if it has not the form of a cookie. The signature is
 * not verified: see session_cookie_is_signed(). */
bool session_cookie_parse(const char *cookie, struct session_claim *claim);

/* Whether the signature of a cookie is right. session_cookie_parse() must have accepted its form.
 */
bool session_cookie_is_signed(const char *cookie);

/* Write the signed cookie of a session into `cookie`. */
void session_cookie_write(const struct session_claim *claim, char cookie[SESSION_COOKIE_MAX]);

/* Create a random secret for a new session. FAULT_INTERNAL if there are no random bytes. */
MUST_USE bool session_secret_create(struct call *call, char secret[SESSION_SECRET_HEX + 1]);

/* Write the SHA-256 of a session's secret into `hash`, 64 hex digits and a NUL. The database stores
 * only this hash. */
void session_secret_hash(const char *secret, char hash[65]);

/* Write the session's CSRF token, which proves that a request comes from our own pages, into
 * `csrf`: 32 hex digits and a NUL. It is derived from the signing key, the session and
 * session_secret_hash(), so it is not stored. */
void session_csrf_token(int64_t org_id, int64_t id, const char *secret_hash, char csrf[33]);

#endif
