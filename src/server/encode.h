/*
 * Pack: what is done to a reply's body before it is sent: ETag, 304, gzip.
 *
 * On the thread that ran the handler, so that a large list costs the loop nothing. What comes out
 * of a lane is small and packed by the loop, where it was worded.
 */
#ifndef SERVER_ENCODE_H
#define SERVER_ENCODE_H

#include <stdbool.h>

struct exchange;

/* Whether an Accept-Encoding header (may be NULL) takes gzip. */
bool encode_accepts_gzip(const char *accepts);

void encode_reply(struct exchange *exchange);

#endif
