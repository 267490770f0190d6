/*
 * Encode: prepares a reply's body for sending: ETag, 304, gzip.
 *
 * It runs on the thread that ran the handler, so a large list costs the loop nothing. Replies of
 * lanes are small and are encoded by the loop, which writes them.
 */
#ifndef SERVER_ENCODE_H
#define SERVER_ENCODE_H

#include <stdbool.h>

struct exchange;

/* Whether an Accept-Encoding header (may be NULL) allows gzip. */
bool encode_accepts_gzip(const char *accepts);

/* Encode the reply, or turn it into a 304 if the client has it already. */
void encode_reply(struct exchange *exchange);

#endif
