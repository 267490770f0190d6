/*
 * Guard: the header rules that keep a proxy and this server from seeing different requests.
 *
 * libmicrohttpd 0.9.75 takes two Content-Lengths, a Content-Length beside Transfer-Encoding,
 * unknown transfer codings and blanks before the colon, each of which is how requests are smuggled.
 * The guard sees every header once and says what is wrong with them together.
 */
#ifndef HTTP_GUARD_H
#define HTTP_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guard {
    int lengths, codings, hosts; /* how often Content-Length, Transfer-Encoding, Host came */
    bool chunked;
    bool bad_name, bad_length, bad_coding, bad_value;
    uint64_t content_length;
};

void guard_add_header(struct guard *guard, const char *name, size_t name_length, const char *value,
    size_t value_length);

/* What is wrong, in words for the log; NULL when nothing is. */
const char *guard_problem(const struct guard *guard, const char *version);

/* No Host where the version demands one. */
bool guard_lacks_host(const struct guard *guard, const char *version);

/* Whether a body follows the headers. */
bool guard_expects_body(const struct guard *guard);

/*
 * Undo percent signs (and, in a query, plus signs) in place; the new length, or -1 when a percent
 * sign isn't followed by two hex digits, a blank or a control character stands there as it is, or
 * the result isn't UTF-8 without NUL.
 */
ptrdiff_t url_decode(char *text, size_t length, bool plus_is_blank);

#endif
