#include "server/send.h"

#include <gnutls/gnutls.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/text.h"
#include "server/access_log.h"
#include "server/assets.h"
#include "server/encode.h"
#include "server/loop.h"
#include "server/security_headers.h"
#include "server/stream.h"

#define LINES_MAX 32

/* Libmicrohttpd asks for an event stream in pieces of this size. */
#define FEED_PIECE 2048

struct lines {
    int count;
    struct header_line items[LINES_MAX];
};

static void send_add(struct lines *lines, const char *name, const char *value)
{
    if (lines->count < LINES_MAX)
        lines->items[lines->count++] = (struct header_line){ name, value };
}

static void add_body_lines(struct lines *lines, const struct exchange *exchange)
{
    const struct reply *reply = &exchange->reply;

    if (reply->type)
        send_add(lines, "Content-Type", reply->type);
    if (exchange->encoded)
        send_add(lines, "Content-Encoding", "gzip");
    if (exchange->etag[0]) {
        send_add(lines, "ETag", exchange->etag);
        send_add(lines, "Vary", "Accept-Encoding");
    }
    for (const struct reply_header *header = reply->headers; header; header = header->next)
        send_add(lines, header->name, header->value);
}

/* More than the longest Server-Timing: three names of 31 bytes together, three numbers of 19 each.
 */
#define TIMING_MAX 96

/* `name` and milliseconds with two decimals, by hand: printf() would cost more than all counting of
 * a request together, and every answer has three. Returns the end. */
static char *put_ms(char *to, const char *name, int64_t us)
{
    uint64_t hundredths = us > 0 ? (uint64_t)us / 10 : 0;
    char digits[24], *first = digits + sizeof digits;

    for (int i = 0; i < 3 || hundredths; i++) {
        if (i == 2)
            *--first = '.';
        *--first = (char)('0' + hundredths % 10);
        hundredths /= 10;
    }
    return mempcpy(stpcpy(to, name), first, (size_t)(digits + sizeof digits - first));
}

/* "queue;dur=0.05, db;dur=1.20, total;dur=1.52", in milliseconds; what a loop answers by itself has
 * been in no queue, and has asked no database. */
static const char *server_timing(struct exchange *exchange)
{
    char *text = arena_alloc(&exchange->call.arena, TIMING_MAX, 1), *end = text;
    int64_t queue_us, db_us;

    batch_times(&exchange->batch, &queue_us, &db_us);
    end = put_ms(end, "queue;dur=", queue_us + exchange->queue_us);
    end = put_ms(end, ", db;dur=", db_us + exchange->db_us);
    end = put_ms(end, ", total;dur=", clock_us() - exchange->began_us);
    *end = '\0';
    return text;
}

static void collect(struct lines *lines, struct exchange *exchange)
{
    lines->count = 0;
    add_body_lines(lines, exchange);
    send_add(lines, "Cache-Control", "no-store");
    send_add(lines, "X-Request-ID", exchange->call.request_id);
    send_add(lines, "Server-Timing", server_timing(exchange));
    if (exchange->closes)
        send_add(lines, "Connection", "close");
    for (const struct header_line *line = security_headers(exchange->loop->settings->production);
         line->name; line++)
        send_add(lines, line->name, line->value);
}

/* A handler may say itself how its answer is to be cached: the first of a name wins. */
static bool is_first(const struct lines *lines, int i)
{
    if (strcmp(lines->items[i].name, "Cache-Control") != 0)
        return true;
    for (int j = 0; j < i; j++)
        if (strcmp(lines->items[j].name, lines->items[i].name) == 0)
            return false;
    return true;
}

static enum MHD_Result queue(struct exchange *exchange, struct MHD_Response *response)
{
    struct lines lines;

    if (!response)
        return MHD_NO;

    collect(&lines, exchange);
    for (int i = 0; i < lines.count; i++)
        if (is_first(&lines, i))
            MHD_add_response_header(response, lines.items[i].name, lines.items[i].value);

    const enum MHD_Result queued = MHD_queue_response(
        exchange->request.connection, (unsigned)exchange->reply.status, response);

    MHD_destroy_response(response);
    exchange->stage = STAGE_ANSWERED;
    return queued;
}

static struct MHD_Response *response_of(struct reply *reply)
{
    if (!reply->is_file)
        return MHD_create_response_from_buffer(
            reply->length, (void *)reply->body, MHD_RESPMEM_PERSISTENT);

    struct MHD_Response *response = MHD_create_response_from_fd64(reply->length, reply->file);

    /* The response closes it from here on. */
    reply->is_file = !response;
    return response;
}

static void send_settle(struct exchange *exchange)
{
    exchange->closes |= exchange->loop->closing;
    if (exchange->outcome != OUTCOME_NONE && !exchange->reply.status)
        reply_problem(&exchange->call, &exchange->reply);
}

enum MHD_Result send_reply(struct exchange *exchange)
{
    send_settle(exchange);
    access_log_write(exchange);
    return queue(exchange, response_of(&exchange->reply));
}

enum MHD_Result send_asset(struct exchange *exchange)
{
    struct MHD_Response *response =
        asset_response(exchange->asset, &exchange->request, &exchange->reply.status);

    access_log_write(exchange);
    exchange->stage = STAGE_ANSWERED;
    return MHD_queue_response(
        exchange->request.connection, (unsigned)exchange->reply.status, response);
}

static ssize_t read_feed(void *closure, uint64_t position, char *bytes, size_t room)
{
    struct exchange *exchange = closure;
    const ptrdiff_t length = feed_listener_read(&exchange->listener, bytes, room);

    (void)position;
    if (length < 0)
        return MHD_CONTENT_READER_END_OF_STREAM;
    if (length == 0) {
        loop_suspend(exchange);
        stream_idle(exchange);
    }
    return length;
}

enum MHD_Result send_feed(struct exchange *exchange)
{
    exchange->reply.status = 200;
    exchange->reply.type = "text/event-stream";

    /* nginx would hold events back until its buffer is full. */
    reply_header(&exchange->call, &exchange->reply, "X-Accel-Buffering", "no");
    access_log_write(exchange);
    return queue(exchange,
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, FEED_PIECE, read_feed, exchange, NULL));
}

/* The socket's buffer is empty, so it takes all of it; if not, the peer gets no words. */
static bool say_raw(struct exchange *exchange, const char *text)
{
    if (!exchange->loop->settings->tls_cert)
        return send(exchange->peer->fd, text, strlen(text), MSG_DONTWAIT | MSG_NOSIGNAL) >= 0;

    gnutls_session_t tls =
        MHD_get_connection_info(exchange->request.connection, MHD_CONNECTION_INFO_GNUTLS_SESSION)
            ->tls_session;

    return gnutls_record_send(tls, text, strlen(text)) >= 0
        && gnutls_bye(tls, GNUTLS_SHUT_WR) == GNUTLS_E_SUCCESS;
}

void send_raw_problem(struct exchange *exchange)
{
    struct reply *reply = &exchange->reply;
    struct arena *arena = &exchange->call.arena;
    struct lines lines;

    exchange->closes = true;
    send_settle(exchange);
    access_log_write(exchange);
    collect(&lines, exchange);

    char *text = arena_format(arena, "HTTP/1.1 %d %s\r\nContent-Length: %zu\r\n", reply->status,
        MHD_get_reason_phrase_for((unsigned)reply->status), reply->length);

    for (int i = 0; i < lines.count; i++)
        text = arena_format(arena, "%s%s: %s\r\n", text, lines.items[i].name, lines.items[i].value);
    text = arena_format(arena, "%s\r\n%s", text, exchange->request.head ? "" : reply->body);

    if (say_raw(exchange, text))
        shutdown(exchange->peer->fd, SHUT_WR);
    exchange->stage = STAGE_LINGER;
}
