/*
 * Peer: a connection as the server sees it: who, since when, and what it is waited for.
 *
 * Each thing a peer can be waited for has one fixed time, so a list per kind in order of arrival is
 * also in order of its deadlines: putting a peer in, and finding those that are late, costs the
 * same for ten connections and for ten thousand. What is late is shut down, never closed: the
 * descriptor is libmicrohttpd's.
 */
#ifndef SERVER_PEER_H
#define SERVER_PEER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/queue.h>

struct exchange;
struct sockaddr;

enum wait {
    WAIT_NOTHING, /* it's our turn */
    WAIT_HEADERS, /* of the first request */
    WAIT_NEXT, /* request, headers included */
    WAIT_BODY,
    WAIT_LINGER, /* until it has read our last words */
    WAIT_HEARTBEAT, /* until its feed needs a sign of life */
    WAIT_COUNT
};

struct peer {
    TAILQ_ENTRY(peer) links;
    struct peers *peers;
    struct exchange *exchange; /* NULL between two requests */
    enum wait wait;
    int fd;
    int64_t deadline_us;
    uint64_t limits_key; /* see http/crowd.h */
    char address[46];
};

TAILQ_HEAD(peer_list, peer);

/* The connections of one loop, and who is late next. */
struct peers {
    int64_t now_us; /* at the start of the loop's turn */
    int64_t wait_us[WAIT_COUNT]; /* how long each kind may take */
    struct peer_list waiting[WAIT_COUNT];
    int count;
    void (*heartbeat)(struct peer *peer); /* it needs a sign of life */
};

struct peer *peer_new(struct peers *peers, int fd, const struct sockaddr *address);
void peer_end(struct peer *peer);

void peer_wait(struct peer *peer, enum wait wait);

/* Make the connection end; libmicrohttpd notices by itself. */
void peer_shut_down(struct peer *peer);

/* Shut all that are waited for in this way; `idle`: only those without a request. */
void peers_shut_down(struct peers *peers, enum wait wait, bool idle);

/* Deal with those that are late. */
void peers_expire(struct peers *peers);

/* When the next one will be late; INT64_MAX when none waits. */
int64_t peers_deadline(const struct peers *peers);

#endif
