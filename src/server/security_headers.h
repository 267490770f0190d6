/*
 * Headers: those that every answer carries to keep browsers strict.
 */
#ifndef SERVER_SECURITY_HEADERS_H
#define SERVER_SECURITY_HEADERS_H

#include <stdbool.h>

struct header_line {
    const char *name, *value;
};

/* Ends with a line without a name. `production`: with HSTS. */
const struct header_line *security_headers(bool production);

#endif
