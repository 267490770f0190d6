/*
 * Peer: one connection of a client: its address, what the server waits for, and until when.
 *
 * Every kind of waiting has one fixed duration, so a list per kind in order of arrival is also in
 * order of the deadlines. Adding a peer and finding the late ones therefore costs the same for ten
 * connections and for ten thousand. A late connection is shut down but never closed: its descriptor
 * belongs to libmicrohttpd, the HTTP library. All functions run on the thread of the connections'
 * loop, one http thread. A feed is a stream of server-sent events, whose heartbeat is a comment
 * line that keeps the connection open.
 */
#ifndef SERVER_PEER_H
#define SERVER_PEER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

struct exchange;
struct sockaddr;

/* What the server waits for on a connection. Each has its own time limit. */
enum wait {
    WAIT_NOTHING, /* the server has to act; no limit */
    WAIT_HEADERS, /* for the first request's headers */
    WAIT_NEXT, /* for the next request, including its headers */
    WAIT_BODY, /* for the request's body, or its next MiB */
    WAIT_LINGER, /* until the client has read an answer that was written to the socket directly */
    WAIT_HEARTBEAT, /* until its feed must send a heartbeat */
    WAIT_COUNT /* how many kinds there are */
};

/* One connection of a client. */
struct peer {
    TAILQ_ENTRY(peer) links; /* in the list peers->waiting[wait] */
    struct peers *peers; /* all connections of its loop */
    struct exchange *exchange; /* the request in progress; NULL between requests */
    enum wait wait; /* what the server waits for */
    int fd; /* the socket, owned by libmicrohttpd */
    int64_t deadline_us; /* when the waiting must end, by clock_us() */
    uint64_t limits_key; /* its address as counted by server/connection_limits.h */
    char address[46]; /* the client's IP address as a text */
};

/* The list head type of a list of connections (sys/queue.h). */
TAILQ_HEAD(peer_list, peer);

/* All connections of one loop (one http thread), in lists that are sorted by deadline. */
struct peers {
    int64_t now_us; /* when the loop last woke up, by clock_us() */
    int64_t wait_us[WAIT_COUNT]; /* the time limit of each kind of waiting, in microseconds */
    struct peer_list waiting[WAIT_COUNT]; /* the connections by what is waited for */
    int count; /* of connections */
    void (*heartbeat)(struct peer *peer); /* called when its feed must send a heartbeat */
};

/* Add a connection that was opened, and wait for its first headers. `fd` is its socket, which stays
 * the library's; `address` is the client's. Aborts if out of memory. Ended by peer_end(). */
struct peer *peer_new(struct peers *peers, int fd, const struct sockaddr *address);

/* Remove a connection that was closed, and free its memory. */
void peer_end(struct peer *peer);

/* Set what the server waits for on this connection from now on, and its deadline. Does not
 * block. */
void peer_wait(struct peer *peer, enum wait wait);

/* Shut the connection's socket down in both directions. libmicrohttpd notices that and closes the
 * connection. */
void peer_shut_down(struct peer *peer);

/* Shut down all connections with this kind of waiting; `idle`: only those without a request in
 * progress. */
void peers_shut_down(struct peers *peers, enum wait wait, bool idle);

/* Handle the connections whose deadline has passed: `heartbeat` is called for a feed, which then
 * waits for its next heartbeat; any other connection is shut down. */
void peers_expire(struct peers *peers);

/* The earliest deadline of all connections (clock_us(), in microseconds); INT64_MAX if there is
 * none. */
int64_t peers_deadline(const struct peers *peers);

#endif
