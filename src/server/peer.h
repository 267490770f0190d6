/*
 * Peer: a connection as the server sees it: its address, and what the server waits for and until
 * when.
 *
 * Every kind of waiting has one fixed duration, so a list per kind in order of arrival is also in
 * order of the deadlines. Adding a peer and finding the late ones therefore costs the same for ten
 * connections and for ten thousand. A late connection is shut down but never closed: its descriptor
 * belongs to libmicrohttpd.
 */
#ifndef SERVER_PEER_H
#define SERVER_PEER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

struct exchange;
struct sockaddr;

/* What the server waits for on a connection. */
enum wait {
    WAIT_NOTHING, /* the server has to act */
    WAIT_HEADERS, /* for the first request's headers */
    WAIT_NEXT, /* for the next request, including its headers */
    WAIT_BODY,
    WAIT_LINGER, /* until the client has read an answer that was written to the socket directly */
    WAIT_HEARTBEAT, /* until its feed must send a sign of life */
    WAIT_COUNT
};

/* One connection. */
struct peer {
    TAILQ_ENTRY(peer) links;
    struct peers *peers;
    struct exchange *exchange; /* NULL between requests */
    enum wait wait;
    int fd;
    int64_t deadline_us;
    uint64_t limits_key; /* see server/connection_limits.h */
    char address[46];
};

TAILQ_HEAD(peer_list, peer);

/* The connections of one loop, by deadline. */
struct peers {
    int64_t now_us; /* when the loop last woke up */
    int64_t wait_us[WAIT_COUNT]; /* how long each kind of waiting may take */
    struct peer_list waiting[WAIT_COUNT];
    int count;
    void (*heartbeat)(struct peer *peer); /* its feed must send a sign of life */
};

/* A connection has begun, or ended. */
struct peer *peer_new(struct peers *peers, int fd, const struct sockaddr *address);

/* A connection has ended: forget it and free its memory. */
void peer_end(struct peer *peer);

/* Note what the server waits for on this connection from now on, and start its time. Returns at
 * once. */
void peer_wait(struct peer *peer, enum wait wait);

/* Shut the connection down; libmicrohttpd notices by itself. */
void peer_shut_down(struct peer *peer);

/* Shut down all connections with this kind of waiting; with `idle` only those without a request. */
void peers_shut_down(struct peers *peers, enum wait wait, bool idle);

/* End those that have not sent their request in time. */
void peers_expire(struct peers *peers);

/* The next deadline; INT64_MAX if there is none. */
int64_t peers_deadline(const struct peers *peers);

#endif
