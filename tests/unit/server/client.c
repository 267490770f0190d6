#include "unit/server/client.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "server/server.h"

#define PATIENCE_MS 30000

static int other_port;

void client_port_set(int port)
{
    other_port = port;
}

void client_open(struct client *client)
{
    const int port = other_port ? other_port : server_port();
    const struct sockaddr_in address = { .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

    client->length = 0;
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int result = connect(client->fd, (const struct sockaddr *)&address, sizeof address);

    assert(client->fd >= 0 && result == 0);
    (void)result;
}

void client_close(struct client *client)
{
    close(client->fd);
}

void client_say_bytes(struct client *client, const char *bytes, size_t length)
{
    while (length) {
        const ssize_t sent = send(client->fd, bytes, length, MSG_NOSIGNAL);

        /* The server may have hung up, which is what some tests are about. */
        if (sent < 0)
            return;
        bytes += sent;
        length -= (size_t)sent;
    }
}

void client_say(struct client *client, const char *text)
{
    client_say_bytes(client, text, strlen(text));
}

/* More bytes; false at the end or when time is up. */
static bool read_more(struct client *client, int64_t by_us)
{
    struct pollfd wait = { client->fd, POLLIN, 0 };
    const int64_t left_ms = (by_us - clock_us()) / 1000;

    assert(client->length < sizeof client->bytes - 1);
    if (left_ms <= 0 || poll(&wait, 1, (int)left_ms) <= 0)
        return false;

    const ssize_t got = recv(
        client->fd, client->bytes + client->length, sizeof client->bytes - 1 - client->length, 0);

    if (got <= 0)
        return false;
    client->length += (size_t)got;
    client->bytes[client->length] = '\0';
    return true;
}

static void forget(struct client *client, size_t length)
{
    client->length -= length;
    memmove(client->bytes, client->bytes + length, client->length + 1);
}

static bool read_head(struct client *client, struct answer *answer, int64_t by_us)
{
    const char *end;

    client->bytes[client->length] = '\0';
    while (!(end = strstr(client->bytes, "\r\n\r\n")))
        if (!read_more(client, by_us))
            return false;

    const size_t length = (size_t)(end - client->bytes) + 4;

    assert(length < sizeof answer->head);
    memcpy(answer->head, client->bytes, length);
    answer->head[length] = '\0';
    forget(client, length);
    answer->status = atoi(answer->head + 9);
    return true;
}

void client_hear(struct client *client, struct answer *answer, bool bodyless)
{
    const int64_t by_us = clock_us() + PATIENCE_MS * 1000;

    memset(answer, 0, sizeof *answer);
    if (!read_head(client, answer, by_us))
        return;

    const char *length = header_of(answer, "Content-Length");
    const size_t want = length && !bodyless ? (size_t)atol(length) : 0;

    assert(want < sizeof answer->body);
    while (client->length < want)
        if (!read_more(client, by_us)) {
            answer->status = 0;
            return;
        }
    memcpy(answer->body, client->bytes, want);
    answer->length = want;
    forget(client, want);
}

bool client_hears(struct client *client, const char *text)
{
    const int64_t by_us = clock_us() + PATIENCE_MS * 1000;
    const char *found;

    client->bytes[client->length] = '\0';
    while (!(found = strstr(client->bytes, text)))
        if (!read_more(client, by_us))
            return false;
    forget(client, (size_t)(found - client->bytes) + strlen(text));
    return true;
}

bool client_is_left(struct client *client, int ms)
{
    const int64_t by_us = clock_us() + ms * 1000;

    while (read_more(client, by_us))
        ;
    return clock_us() < by_us;
}

void ask(const char *request, struct answer *answer)
{
    static _Thread_local struct client client;

    client_open(&client);
    client_say(&client, request);
    client_hear(&client, answer, strncmp(request, "HEAD", 4) == 0);
    client_close(&client);
}

const char *header_of(const struct answer *answer, const char *name)
{
    static _Thread_local char value[1024];
    char wanted[64];

    snprintf(wanted, sizeof wanted, "\r\n%s: ", name);

    const char *found = strcasestr(answer->head, wanted);

    if (!found)
        return NULL;
    found += strlen(wanted);
    snprintf(value, sizeof value, "%.*s", (int)strcspn(found, "\r"), found);
    return value;
}
