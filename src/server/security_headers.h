/*
 * Security headers: the headers of every answer that make browsers strict.
 */
#ifndef SERVER_SECURITY_HEADERS_H
#define SERVER_SECURITY_HEADERS_H

#include <stdbool.h>

/* A header and its value. */
struct header_line {
    const char *name, *value;
};

/* The list ends with a NULL name. `production` adds HSTS. */
const struct header_line *security_headers(bool production);

#endif
