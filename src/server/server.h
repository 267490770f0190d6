/*
 * Server: the http threads, the workers, and a request's way between them.
 *
 * One epoll loop and one libmicrohttpd daemon per http thread, no threads of the library's own (its
 * thread pool left connections unserved under mixed load). A connection is touched by its own loop
 * alone: a worker or a lane that has finished a call puts it on that loop's done-queue and writes
 * its eventfd.
 *
 * The order of a request's checks is fixed, and no handler repeats any of them: guard -> route ->
 * rate -> session -> CSRF -> permission -> Content-Length -> body -> (begin -> handler -> commit)
 * -> reply.
 */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/call.h"

/* How the server is set up; texts must live as long as it runs. */
struct server_settings {
    const char *address; /* "0.0.0.0", "::", "127.0.0.1" */
    int port; /* 0: any; see server_port() */
    int threads;
    int workers;
    size_t queue_max; /* how many calls may wait for a worker; beyond that 503 */
    int connections_max; /* of the whole process */
    int connections_per_address;
    int header_seconds; /* from accept to complete headers */
    int idle_seconds; /* between two requests of a connection */
    int body_seconds; /* from headers to complete body; anew for each MiB of it */
    int heartbeat_seconds; /* between two signs of life of a feed, each with a check of its session;
                              0 means 15 */
    bool rate_limits; /* false: only RATE_SIGN_IN is counted */
    bool production; /* cookies for HTTPS only, HSTS */
    const char *tls_cert, *tls_key; /* PEM: speak HTTPS; NULL: plain HTTP */
    int proxies; /* trusted ones in front, each adding to X-Forwarded-For; 0: clients come directly
                  */
    const char *scratch_folder; /* for data that is too big for memory; NULL: /tmp */
    const char *conninfo; /* of the workers' sessions; NULL: no sessions (in tests) */
};

/*
 * Bind the address and start all threads. The settings are copied, their texts are not. Raises the
 * limit of open files as far as possible. FAULT_CONFIG if the address can't be bound.
 */
MUST_USE bool server_start(struct call *call, const struct server_settings *settings);

/* Whether a server could bind it now. FAULT_CONFIG. */
MUST_USE bool server_can_listen(struct call *call, const char *address, int port);

/* The port on which the server listens. */
int server_port(void);

/* Stop accepting connections, finish the accepted requests (within `seconds`), end all threads. */
void server_stop(int seconds);

/* Figures of the running server. */
struct server_stats {
    int connections;
    int waiting; /* calls waiting for a worker */
    uint64_t requests[6]; /* by the first digit of their status */
    uint64_t busy_us; /* total time from request line to answer */
};

/* The counts since the start, and the present numbers. */
struct server_stats server_stats(void);

#endif
