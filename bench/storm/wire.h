/*
 * Wire: many keep-alive HTTP/1.1 connections on one thread, for as little as a request can cost.
 *
 * A request is one send(2), its answer one recv(2), and epoll is told of a connection once. One
 * request at a time on each: what is measured is the server, not a pipeline.
 */
#ifndef STORM_WIRE_H
#define STORM_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CONNECTIONS_MAX 4096
#define ANSWER_MAX ((size_t)128 * 1024)

struct answer {
    int status; /* 0: the connection broke, or what came was no answer */
    const char *head, *body; /* NUL-terminated, until the next turn */
    size_t body_length;
};

struct conn {
    int fd; /* -1 once it is broken */
    int number;
    bool waiting; /* for an answer */
    int64_t sent_us;
    size_t length;
    char *bytes; /* ANSWER_MAX and a NUL */
};

struct wire {
    int epoll;
    int count, broken, waiting;
    struct conn conns[CONNECTIONS_MAX];

    /* Called in wire_turn() for each answer; the connection is free then. */
    void (*answered)(void *load, struct conn *conn, const struct answer *answer);
    void *load;
};

int64_t now_us(void);

/* The only way a tool of one run fails: it says so and ends. */
__attribute__((noreturn, format(printf, 1, 2))) void stop(const char *format, ...);

void wire_open(struct wire *wire);
void wire_close(struct wire *wire);

/* Another connection to 127.0.0.1:port. */
struct conn *wire_connect(struct wire *wire, int port);

/* Requests are small: the socket takes them whole. */
void wire_send(struct wire *wire, struct conn *conn, const char *request, size_t length);

/* Wait for answers, at most so long, and hand them on. */
void wire_turn(struct wire *wire, int timeout_ms);

/* One request, and its answer waited for. */
struct answer wire_ask(struct wire *wire, struct conn *conn, const char *request, size_t length);

#endif
