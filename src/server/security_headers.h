/*
 * Security headers: the response headers, such as Content-Security-Policy, that make browsers
 * restrict what a page may do. Every answer has them.
 */
#ifndef SERVER_SECURITY_HEADERS_H
#define SERVER_SECURITY_HEADERS_H

#include <stdbool.h>

/* The name and value of one response header. */
struct header_line {
    const char *name, *value;
};

/* The security headers that every answer gets, as a constant array that ends with a NULL name.
 * `production` adds Strict-Transport-Security (HSTS). */
const struct header_line *security_headers(bool production);

#endif
