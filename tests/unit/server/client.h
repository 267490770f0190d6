/*
 * Client: a socket that says exactly what a test wants said, and reads answers with patience.
 */
#ifndef TESTS_UNIT_HTTP_CLIENT_H
#define TESTS_UNIT_HTTP_CLIENT_H

#include <stdbool.h>
#include <stddef.h>

struct client {
    int fd;
    size_t length;
    char bytes[300000]; /* read, and not yet taken as an answer */
};

struct answer {
    int status; /* 0: the connection ended, or nothing came in time */
    char head[4096];
    char body[200000];
    size_t length;
};

/* For a process that runs no server itself: where the server is. */
void client_port_set(int port);

/* To the running server, which must accept. */
void client_open(struct client *client);
void client_close(struct client *client);

void client_say(struct client *client, const char *text);
void client_say_bytes(struct client *client, const char *bytes, size_t length);

/* The next answer, by its Content-Length; `bodyless` for HEAD. Waits for up to 30 s. */
void client_hear(struct client *client, struct answer *answer, bool bodyless);

/* Read until `text` came (within 30 s), and forget all up to its end. */
bool client_hears(struct client *client, const char *text);

/* Whether the server closes within `ms`; what came before stays in `bytes`. */
bool client_is_left(struct client *client, int ms);

/* One request on a connection of its own. */
void ask(const char *request, struct answer *answer);

/* The value of a header, in a buffer that the next call overwrites; NULL when missing. */
const char *header_of(const struct answer *answer, const char *name);

#endif
