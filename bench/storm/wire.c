#include "wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define EVENTS 256

int64_t now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000;
}

void stop(const char *format, ...)
{
    va_list args;

    fputs("storm: ", stderr);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(2);
}

void wire_open(struct wire *wire)
{
    memset(wire, 0, sizeof *wire);
    wire->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (wire->epoll < 0)
        stop("epoll: %s", strerror(errno));
}

void wire_close(struct wire *wire)
{
    for (int i = 0; i < wire->count; i++) {
        if (wire->conns[i].fd >= 0)
            close(wire->conns[i].fd);
        free(wire->conns[i].bytes);
    }
    close(wire->epoll);
}

struct conn *wire_connect(struct wire *wire, int port)
{
    const struct sockaddr_in address = { .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct conn *conn = &wire->conns[wire->count];
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = conn };

    if (wire->count == CONNECTIONS_MAX)
        stop("more than %d connections", CONNECTIONS_MAX);

    conn->number = wire->count++;
    conn->bytes = malloc(ANSWER_MAX + 1);
    conn->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (!conn->bytes || conn->fd < 0
        || connect(conn->fd, (const struct sockaddr *)&address, sizeof address) < 0
        || setsockopt(conn->fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int)) < 0
        || epoll_ctl(wire->epoll, EPOLL_CTL_ADD, conn->fd, &event) < 0)
        stop("connect to port %d: %s", port, strerror(errno));
    return conn;
}

static void finish(struct wire *wire, struct conn *conn, const struct answer *answer)
{
    const bool asked = conn->waiting;

    conn->waiting = false;
    conn->length = 0;
    wire->waiting -= asked;
    if (asked && wire->answered)
        wire->answered(wire->load, conn, answer);
}

static void break_off(struct wire *wire, struct conn *conn)
{
    static const struct answer none = { 0, "", "", 0 };

    if (conn->fd < 0)
        return;
    close(conn->fd);
    conn->fd = -1;
    wire->broken++;
    finish(wire, conn, &none);
}

void wire_send(struct wire *wire, struct conn *conn, const char *request, size_t length)
{
    conn->waiting = true;
    conn->sent_us = now_us();
    wire->waiting++;
    if (conn->fd < 0 || send(conn->fd, request, length, MSG_NOSIGNAL) != (ssize_t)length)
        break_off(wire, conn);
}

/* The length that the head announces; an answer without one is none that we could measure. */
static bool body_length(const char *head, const char *end, size_t *length)
{
    for (const char *line = head; (line = strchr(line, '\n')) && line < end;)
        if (strncasecmp(++line, "content-length:", 15) == 0) {
            *length = strtoul(line + 15, NULL, 10);
            return true;
        }
    return false;
}

/* False when more has to come. */
static bool take_answer(struct conn *conn, struct answer *answer)
{
    conn->bytes[conn->length] = '\0';

    const char *end = strstr(conn->bytes, "\r\n\r\n");

    if (!end || strncmp(conn->bytes, "HTTP/1.1 ", 9) != 0)
        return false;

    answer->status = atoi(conn->bytes + 9);
    answer->head = conn->bytes;
    answer->body = end + 4;
    if (!body_length(conn->bytes, end, &answer->body_length) && answer->status != 204)
        stop("an answer without a Content-Length: %.200s", conn->bytes);
    return conn->length >= (size_t)(answer->body - conn->bytes) + answer->body_length;
}

static void receive(struct wire *wire, struct conn *conn)
{
    struct answer answer = { 0, "", "", 0 };
    const ssize_t got = recv(conn->fd, conn->bytes + conn->length, ANSWER_MAX - conn->length, 0);

    if (got <= 0) {
        break_off(wire, conn);
        return;
    }
    conn->length += (size_t)got;
    if (take_answer(conn, &answer))
        finish(wire, conn, &answer);
}

void wire_turn(struct wire *wire, int timeout_ms)
{
    struct epoll_event events[EVENTS];
    const int count = epoll_wait(wire->epoll, events, EVENTS, timeout_ms);

    for (int i = 0; i < count; i++) {
        struct conn *conn = events[i].data.ptr;

        if (conn->fd >= 0)
            receive(wire, conn);
    }
}

static void keep_answer(void *load, struct conn *conn, const struct answer *answer)
{
    (void)conn;
    *(struct answer *)load = *answer;
}

struct answer wire_ask(struct wire *wire, struct conn *conn, const char *request, size_t length)
{
    struct answer answer = { 0, "", "", 0 };

    wire->answered = keep_answer;
    wire->load = &answer;
    wire_send(wire, conn, request, length);
    while (conn->waiting)
        wire_turn(wire, 1000);
    wire->answered = NULL;
    return answer;
}
