#include "server/daemon.h"

#include <microhttpd.h>
#include <stdarg.h>
#include <string.h>

#include "server/connection_limits.h"
#include "server/dispatch.h"
#include "server/loop.h"

/* Request headers, and the answer's, share this: see pass_size() in admission.c. */
#define CONNECTION_MEMORY ((size_t)16 * 1024)

/* No answer moves for this long: the reader has gone. */
#define STALL_SECONDS 30

static void notify_connection(void *closure, struct MHD_Connection *connection, void **context,
    enum MHD_ConnectionNotificationCode what)
{
    struct loop *loop = closure;
    struct peer *peer = *context;

    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        peer_end(peer);
        *context = NULL;
        return;
    }

    const int fd =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    const struct sockaddr *address =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;

    *context = peer_new(&loop->peers, fd, address);
}

/* Whose head is complete, and has not been looked at: libmicrohttpd works on one connection at a
 * time. */
static struct exchange *find_waiting(const struct loop *loop, enum wait wait)
{
    const struct peer *peer;

    TAILQ_FOREACH(peer, &loop->peers.waiting[wait], links)
    {
        struct exchange *exchange = peer->exchange;

        if (exchange && exchange->stage == STAGE_HEADERS
            && MHD_get_connection_info(
                exchange->request.connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE))
            return exchange;
    }
    return NULL;
}

/*
 * libmicrohttpd 0.9.75 refuses a Content-Length that it can't read by itself, before it asks us,
 * and by mistake sends the head of that answer twice. It logs that first; so the answer that the
 * connection gets is ours.
 */
__attribute__((format(printf, 2, 0))) static void hear_log(
    void *closure, const char *format, va_list arguments)
{
    struct loop *loop = closure;

    (void)arguments;
    if (!strstr(format, "Content-Length"))
        return;

    struct exchange *exchange = find_waiting(loop, WAIT_HEADERS);

    if (!exchange)
        exchange = find_waiting(loop, WAIT_NEXT);
    if (exchange)
        dispatch_refuse(exchange, "malformed Content-Length");
}

static enum MHD_Result may_connect(void *loop, const struct sockaddr *address, socklen_t length)
{
    (void)loop;
    (void)length;
    return connection_limits_allow(connection_limits_key(address)) ? MHD_YES : MHD_NO;
}

/* Paths and queries are looked at as they came: see request_decode_uri(). */
static size_t leave_escaped(void *closure, struct MHD_Connection *connection, char *text)
{
    (void)closure;
    (void)connection;

    return strlen(text);
}

static unsigned stall_seconds(const struct server_settings *settings)
{
    int most = STALL_SECONDS;

    /* Our own deadlines are shorter, and must be the ones that count. */
    if (settings->header_seconds >= most)
        most = settings->header_seconds + 1;
    if (settings->idle_seconds >= most)
        most = settings->idle_seconds + 1;
    if (settings->body_seconds >= most)
        most = settings->body_seconds + 1;
    return (unsigned)most;
}

/* Nothing older than TLS 1.2. */
#define TLS_PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

struct MHD_Daemon *daemon_start(struct loop *loop, int listen_fd)
{
    const char *cert = loop->settings->tls_cert, *key = loop->settings->tls_key;
    const struct MHD_OptionItem tls[] = {
        { MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)cert },
        { MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)key },
        { MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)TLS_PRIORITIES },
        { MHD_OPTION_END, 0, NULL },
    };
    const unsigned flags =
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG | (cert ? MHD_USE_TLS : 0);

    return MHD_start_daemon(flags, 0, may_connect, loop, dispatch_request, loop,
        MHD_OPTION_EXTERNAL_LOGGER, hear_log, loop, MHD_OPTION_ARRAY, cert ? tls : tls + 3,
        MHD_OPTION_LISTEN_SOCKET, listen_fd, MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_MEMORY,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)loop->settings->connections_max + 1,
        MHD_OPTION_CONNECTION_TIMEOUT, stall_seconds(loop->settings), MHD_OPTION_STRICT_FOR_CLIENT,
        0, MHD_OPTION_URI_LOG_CALLBACK, dispatch_uri, loop, MHD_OPTION_UNESCAPE_CALLBACK,
        leave_escaped, NULL, MHD_OPTION_NOTIFY_COMPLETED, dispatch_completed, loop,
        MHD_OPTION_NOTIFY_CONNECTION, notify_connection, loop, MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
        MHD_OPTION_END);
}
