/*
 * Guard: checks the headers of a request against request smuggling, so that a proxy and this server
 * always see the same requests.
 *
 * libmicrohttpd 0.9.75 accepts two Content-Lengths, a Content-Length beside Transfer-Encoding,
 * unknown transfer codings and blanks before the colon; each of these allows request smuggling. The
 * guard sees every header once, notes what is wrong, and reports it at the end.
 *
 * Where the chunks of a chunked body end is for the library alone to decide, and it accepts a bare
 * line feed as a line's end there. So a chunked request is always the last one of its connection
 * (dispatch.c): bytes that a proxy takes for the next request are never read.
 */
#ifndef HTTP_GUARD_H
#define HTTP_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the guard has noted of a request's headers so far; all zeros at the beginning. */
struct guard {
    int lengths, codings,
        hosts; /* how many of Content-Length, Transfer-Encoding and Host there are */
    bool chunked; /* the last Transfer-Encoding is "chunked" */
    /* What is malformed: any header's name; Content-Length; Transfer-Encoding, which must be
     * "chunked"; any header's value, by a control character; Host. */
    bool bad_name, bad_length, bad_coding, bad_value, bad_host;
    uint64_t content_length; /* of the last Content-Length, in bytes; 0 if there is none */
};

/* Check one header and note the result in *guard. Called for each header of the request; the
 * texts need not be NUL-terminated. */
void guard_add_header(struct guard *guard, const char *name, size_t name_length, const char *value,
    size_t value_length);

/* Whether the text is a valid Host value (RFC 9112, 3.2): a name, an IPv4 address, or an IPv6
 * address in brackets, with or without a port. The empty text is valid. */
bool guard_is_host(const char *text, size_t length);

/* The first mistake in the headers, as a constant English text for the log; NULL if there is none.
 * `version` is the request's HTTP version, such as "HTTP/1.1". Called after the last header. */
const char *guard_problem(const struct guard *guard, const char *version);

/* Whether the request lacks a Host header, and its HTTP version, "HTTP/1.1", requires one. */
bool guard_lacks_host(const struct guard *guard, const char *version);

/* Whether a body follows the headers: Content-Length is above 0, or the body is chunked. */
bool guard_expects_body(const struct guard *guard);

/* Decode the percent-encoding of a part of a URL in place; `plus_is_blank`: also decode plus signs
 * as blanks, as in a query. Returns the new length; no NUL is appended. Returns -1 if a percent
 * sign isn't followed by two hex digits, the text has a raw blank or control character, or the
 * result isn't UTF-8 without NUL. */
ptrdiff_t url_decode(char *text, size_t length, bool plus_is_blank);

#endif
