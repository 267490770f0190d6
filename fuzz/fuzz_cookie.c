/* A Cookie header, and the session's cookie in it. */
#include <assert.h>
#include <string.h>

#include "fuzz.h"
#include "http/cookie.h"
#include "session/session.h"
#include "session/session_cookie.h"

/* What the server has signed it has written, and it writes each claim in one way only. */
static void check_claim(const char *cookie, const struct session_claim *claim)
{
    struct session_claim again;
    char ours[SESSION_COOKIE_MAX];

    assert(claim->org_id >= 0 && claim->id >= 0);
    assert(strlen(claim->secret) == SESSION_SECRET_HEX);
    assert(strlen(cookie) < SESSION_COOKIE_MAX);

    session_cookie_write(claim, ours);
    assert(session_cookie_parse(ours, &again) && session_cookie_is_signed(ours));
    assert(again.org_id == claim->org_id && again.id == claim->id);
    assert(strcmp(again.secret, claim->secret) == 0);
    assert(session_cookie_is_signed(cookie) == (strcmp(ours, cookie) == 0));
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    const char *header = arena_bytes(&call->arena, bytes, length);
    const char *value = cookie_find(&call->arena, header, SESSION_COOKIE);
    struct session_claim claim;

    session_key_set("the key of the corpus");
    if (session_cookie_parse(header, &claim))
        check_claim(header, &claim);
    if (!value)
        return;

    const char *written = arena_format(&call->arena, "%s=%s", SESSION_COOKIE, value);

    assert(strstr(header, written) && !strchr(value, ';'));
    if (session_cookie_parse(value, &claim))
        check_claim(value, &claim);
}
