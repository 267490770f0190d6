#include "server/security_headers.h"

#include <stddef.h>

/* Scripts, styles and connections from here alone, nothing inline, and no page may frame us. */
#define CONTENT_POLICY                                                                             \
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "              \
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; "                \
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

#define PERMISSIONS                                                                                \
    "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"

/* clang-format off */
static const struct header_line lines[] = {
    { "Strict-Transport-Security",    "max-age=31536000; includeSubDomains" },
    { "Content-Security-Policy",      CONTENT_POLICY },
    { "Cross-Origin-Opener-Policy",   "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Permissions-Policy",           PERMISSIONS },
    { "Referrer-Policy",              "same-origin" },
    { "X-Content-Type-Options",       "nosniff" },
    { "X-Frame-Options",              "DENY" },
    { NULL, NULL },
};
/* clang-format on */

const struct header_line *security_headers(bool production)
{
    return production ? lines : lines + 1;
}
