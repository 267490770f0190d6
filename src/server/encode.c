#include "server/encode.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "base/text.h"
#include "server/exchange.h"

/* Less isn't worth the header it costs. */
#define GZIP_LEAST 1024

/* zlib's window size, and 16 for the gzip wrapper. */
#define GZIP_WINDOW (15 + 16)

/* 8 bytes a step; not for secrets, only to tell one answer from another. */
static uint64_t digest(const char *bytes, size_t length)
{
    uint64_t hash = 0x9e3779b97f4a7c15 ^ length;

    while (length) {
        const size_t step = length < 8 ? length : 8;
        uint64_t word = 0;

        memcpy(&word, bytes, step);
        hash = (hash ^ word) * 0xff51afd7ed558ccd;
        hash ^= hash >> 32;
        bytes += step;
        length -= step;
    }
    return hash * 0xc4ceb9fe1a85ec53;
}

/* Whether the client has this answer already. Weak comparison: the digest alone counts. */
static bool encode_is_known(const struct request *request, const char *etag)
{
    const char *known = request->headers[HEADER_IF_NONE_MATCH];

    return known && (strcmp(known, "*") == 0 || strstr(known, etag + 2));
}

static void tag(struct exchange *exchange)
{
    struct reply *reply = &exchange->reply;

    snprintf(exchange->etag, sizeof exchange->etag, "W/\"%016" PRIx64 "\"",
        digest(reply->body, reply->length));

    /* The body stays for its length's sake; it isn't sent. */
    if (encode_is_known(&exchange->request, exchange->etag))
        reply->status = 304;
}

static bool is_compressible(const char *type)
{
    return text_starts_with(type, "text/") || text_starts_with(type, "application/json")
        || text_starts_with(type, "application/problem+json")
        || text_starts_with(type, "image/svg");
}

/* "gzip" without "q=0" behind it. */
bool encode_accepts_gzip(const char *accepts)
{
    const char *gzip = accepts ? strcasestr(accepts, "gzip") : NULL;

    if (!gzip)
        return false;
    gzip += 4 + strspn(gzip + 4, " ");
    if (*gzip != ';')
        return true;
    gzip += 1 + strspn(gzip + 1, " ");
    return strncasecmp(gzip, "q=", 2) != 0 || strtod(gzip + 2, NULL) > 0;
}

static void encode_squeeze(struct exchange *exchange)
{
    struct reply *reply = &exchange->reply;
    z_stream stream = { 0 };

    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return;

    const size_t room = deflateBound(&stream, reply->length);
    char *encoded = arena_alloc(&exchange->call.arena, room, 1);

    stream.next_in = (unsigned char *)reply->body;
    stream.avail_in = (unsigned)reply->length;
    stream.next_out = (unsigned char *)encoded;
    stream.avail_out = (unsigned)room;
    if (deflate(&stream, Z_FINISH) == Z_STREAM_END && stream.total_out < reply->length) {
        reply->body = encoded;
        reply->length = stream.total_out;
        exchange->encoded = true;
    }
    deflateEnd(&stream);
}

void encode_reply(struct exchange *exchange)
{
    struct reply *reply = &exchange->reply;

    if (reply->is_file || !reply->type || !reply->length || reply->length > UINT32_MAX)
        return;
    if (reply->status == 200 && exchange->request.method == GET)
        tag(exchange);
    if (reply->length > GZIP_LEAST && is_compressible(reply->type)
        && encode_accepts_gzip(exchange->request.headers[HEADER_ACCEPT_ENCODING]))
        encode_squeeze(exchange);
}
