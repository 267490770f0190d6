#include "mail/transport.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <sys/socket.h>

#define CONNECT_SECONDS 10L
#define SEND_SECONDS 30L

enum send_result transport_send(struct call *call, const struct transport *transport,
    const struct letter *letter, const char **why)
{
    return transport->smtp_url ? smtp_send(call, transport, letter, why)
                               : sendgrid_send(call, transport, letter, why);
}

/* What can be done about a transfer while it runs. */
struct line {
    atomic_bool *stopping;
    int fd; /* -1 before there is one */
};

/* Hanging up spares the good-bye, for whose answer libcurl would wait. */
static int is_stopping(
    void *closure, curl_off_t down, curl_off_t down_now, curl_off_t up, curl_off_t up_now)
{
    const struct line *line = closure;

    (void)down;
    (void)down_now;
    (void)up;
    (void)up_now;
    if (!line->stopping || !atomic_load(line->stopping))
        return 0;
    if (line->fd >= 0)
        shutdown(line->fd, SHUT_RDWR);
    return 1;
}

static curl_socket_t open_socket(void *closure, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct line *line = closure;

    (void)purpose;
    line->fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    return line->fd;
}

void *transport_curl_handle(struct call *call, const struct transport *transport)
{
    CURL *curl = curl_easy_init();
    struct line *line = NEW(&call->arena, struct line);

    if (!curl)
        abort();
    line->stopping = transport->stopping;
    line->fd = -1;
    arena_defer(&call->arena, curl_easy_cleanup, curl);

    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, SEND_SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, is_stopping);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, line);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, line);
    return curl;
}
