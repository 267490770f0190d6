#include "http/cookie.h"

#include <stdatomic.h>
#include <string.h>

#include "session/session.h"

static atomic_bool secure;

void cookie_secure_set(bool on)
{
    atomic_store(&secure, on);
}

const char *cookie_session_name(void)
{
    return atomic_load(&secure) ? "__Host-" SESSION_COOKIE : SESSION_COOKIE;
}

const char *cookie_find(struct arena *arena, const char *header, const char *name)
{
    const size_t name_length = name ? strlen(name) : 0;

    while (header && *header) {
        header += strspn(header, " \t;");

        const size_t length = strcspn(header, ";");

        if (length > name_length && header[name_length] == '='
            && memcmp(header, name, name_length) == 0) {
            const char *value = header + name_length + 1;
            size_t left = length - name_length - 1;

            while (left && (value[left - 1] == ' ' || value[left - 1] == '\t'))
                left--;
            return arena_bytes(arena, value, left);
        }
        header += length;
    }
    return NULL;
}

static bool set_cookie(
    struct call *call, struct reply *reply, const char *value, const char *lifetime)
{
    const char *https = atomic_load(&secure) ? "; Secure" : "";

    return reply_header(call, reply, "Set-Cookie",
        arena_format(&call->arena, "%s=%s; Path=/%s; HttpOnly; SameSite=Lax%s",
            cookie_session_name(), value, lifetime, https));
}

bool reply_set_session_cookie(struct call *call, struct reply *reply, const char *value)
{
    return set_cookie(call, reply, value, "");
}

bool reply_clear_session_cookie(struct call *call, struct reply *reply)
{
    return set_cookie(call, reply, "", "; Max-Age=0");
}
