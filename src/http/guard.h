/*
 * Guard: header rules that make sure that a proxy and this server see the same requests.
 *
 * libmicrohttpd 0.9.75 accepts two Content-Lengths, a Content-Length beside Transfer-Encoding,
 * unknown transfer codings and blanks before the colon; each of these allows request smuggling. The
 * guard sees every header once and reports what is wrong with them together.
 *
 * Where the pieces of a chunked body end is the library's alone to say, and it takes a bare line
 * feed for a line's end there. So a chunked request is the last one of its connection: whatever
 * somebody else takes for the next one is never read (dispatch.c).
 */
#ifndef HTTP_GUARD_H
#define HTTP_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct guard {
    int lengths, codings,
        hosts; /* how many of Content-Length, Transfer-Encoding and Host there are */
    bool chunked;
    bool bad_name, bad_length, bad_coding, bad_value, bad_host;
    uint64_t content_length;
};

/* Called for each header of the request. */
void guard_add_header(struct guard *guard, const char *name, size_t name_length, const char *value,
    size_t value_length);

/*
 * Whether the text can be a host with or without a port (RFC 9112, 3.2): a name, an IPv4 address,
 * or an IPv6 address in brackets. The empty text is one: a client may have no name for us.
 */
bool guard_is_host(const char *text, size_t length);

/* What is wrong, as a text for the log; NULL if nothing is. */
const char *guard_problem(const struct guard *guard, const char *version);

/* Whether Host is missing although the version requires it. */
bool guard_lacks_host(const struct guard *guard, const char *version);

/* Whether a body follows the headers. */
bool guard_expects_body(const struct guard *guard);

/*
 * Decode percent signs (and, in a query, plus signs) in place. Returns the new length, or -1 if a
 * percent sign isn't followed by two hex digits, the text has a raw blank or control character, or
 * the result isn't UTF-8 without NUL.
 */
ptrdiff_t url_decode(char *text, size_t length, bool plus_is_blank);

#endif
