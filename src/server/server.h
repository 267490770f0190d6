/*
 * Server: the HTTP server: its settings, start, stop and figures.
 *
 * It has http threads, which read requests and send answers, and workers, threads with a database
 * session that run handlers. Each http thread is a loop with one epoll and one daemon of
 * libmicrohttpd, the HTTP library, which has no threads of its own (its thread pool left
 * connections unserved under mixed load). Only its own loop touches a connection: a worker or lane
 * (a thread that runs batches) that has finished a request returns it by that loop's done-queue.
 *
 * The order of a request's checks is fixed, and no handler repeats any of them: headers -> route ->
 * session -> rate limit (before the session if the route is open to all) -> CSRF -> permission ->
 * Content-Length -> body -> (begin -> handler -> commit) -> reply.
 */
#ifndef SERVER_SERVER_H
#define SERVER_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/call.h"

/* The settings of the server. The texts must live as long as it runs. */
struct server_settings {
    const char *address; /* IP address to listen on: "0.0.0.0", "::", "127.0.0.1" */
    int port; /* 0: any; see server_port() */
    int threads; /* http threads */
    int workers; /* threads that run handlers */
    size_t queue_max; /* most requests that may wait for a worker; beyond that 503 */
    int connections_max; /* most open connections of the whole process */
    int connections_per_address; /* most per client address; 0: no limit; unused with proxies */
    int header_seconds; /* most time from accept to complete headers */
    int idle_seconds; /* most time between two requests of a connection */
    int body_seconds; /* most time from headers to complete body; anew for each MiB of it */
    int heartbeat_seconds; /* between two comment lines of a feed (server-sent events), each with a
                              check of its session; 0 means 15 */
    bool rate_limits; /* false: only requests of the class RATE_SIGN_IN are limited */
    bool production; /* cookies for HTTPS only, HSTS */
    const char *tls_cert, *tls_key; /* PEM texts: use HTTPS; NULL: plain HTTP */
    int proxies; /* trusted proxies in front, each adding to X-Forwarded-For; 0: none */
    const char *scratch_folder; /* for temporary files of data too big for memory; NULL: /tmp */
    const char *conninfo; /* libpq connection string of the workers; NULL: no database (in tests) */
};

/* Listen on the address and start all threads, which server_stop() ends. The settings are copied,
 * their texts are not: these must live until then. Also
 * raises the process's limit of open files to its maximum. FAULT_CONFIG if the address can't be
 * bound or an http thread can't start; then nothing is left running. */
MUST_USE bool server_start(struct call *call, const struct server_settings *settings);

/* Check that the address and port are free, by binding a socket and closing it again. FAULT_CONFIG
 * if not, or if the address is invalid. */
MUST_USE bool server_can_listen(struct call *call, const char *address, int port);

/* The port on which the server listens; with settings.port 0 the one that the system chose. */
int server_port(void);

/* Stop the server: accept no more connections, finish the accepted requests, and end all threads.
 * After `seconds` the connections that are left are shut down. Returns when all has ended. */
void server_stop(int seconds);

/* Figures of the running server, for the metrics. */
struct server_stats {
    int connections; /* open now */
    int waiting; /* requests that wait for a worker now */
};

/* The present figures of the server. What it counts is in metric/metric.h. May be called on any
 * thread. */
struct server_stats server_stats(void);

#endif
