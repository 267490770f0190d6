/*
 * Encode: prepares a reply's body for sending: ETag, 304, gzip.
 *
 * It runs on the thread that ran the handler (the function that made the reply), so that a large
 * list costs the http thread no time. Replies of batches (http/batch.h) are small, and the http
 * thread that writes them encodes them too. An exchange is one request with its answer.
 */
#ifndef SERVER_ENCODE_H
#define SERVER_ENCODE_H

#include <stdbool.h>

struct exchange;

/* Whether the client accepts gzip, by the value of its Accept-Encoding header, which may be NULL.
 */
bool encode_accepts_gzip(const char *accepts);

/* Prepare exchange->reply for sending. A 200 to GET gets an ETag, and its status becomes 304 if the
 * client has the same body already. Text, JSON and SVG over 1024 bytes are compressed with gzip if
 * the client accepts it. A reply from a file or without a body is left as it is. */
void encode_reply(struct exchange *exchange);

#endif
