#include "server/peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "server/connection_limits.h"

static void write_address(const struct sockaddr *address, char text[46])
{
    const struct sockaddr_in *four = (const void *)address;
    const struct sockaddr_in6 *six = (const void *)address;

    text[0] = '\0';
    if (address->sa_family == AF_INET)
        inet_ntop(AF_INET, &four->sin_addr, text, 46);
    else if (address->sa_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&six->sin6_addr))
        inet_ntop(AF_INET, six->sin6_addr.s6_addr + 12, text, 46);
    else if (address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &six->sin6_addr, text, 46);
}

struct peer *peer_new(struct peers *peers, int fd, const struct sockaddr *address)
{
    struct peer *peer = calloc(1, sizeof *peer);

    if (!peer)
        abort();

    peer->peers = peers;
    peer->fd = fd;
    peer->limits_key = connection_limits_key(address);
    write_address(address, peer->address);
    connection_limits_add(peer->limits_key);
    peers->count++;

    TAILQ_INSERT_TAIL(&peers->waiting[WAIT_NOTHING], peer, links);
    peer_wait(peer, WAIT_HEADERS);
    return peer;
}

void peer_end(struct peer *peer)
{
    TAILQ_REMOVE(&peer->peers->waiting[peer->wait], peer, links);
    peer->peers->count--;
    connection_limits_remove(peer->limits_key);
    free(peer);
}

void peer_wait(struct peer *peer, enum wait wait)
{
    struct peers *peers = peer->peers;

    TAILQ_REMOVE(&peers->waiting[peer->wait], peer, links);
    peer->wait = wait;
    peer->deadline_us = peers->now_us + peers->wait_us[wait];
    TAILQ_INSERT_TAIL(&peers->waiting[wait], peer, links);
}

void peer_shut_down(struct peer *peer)
{
    shutdown(peer->fd, SHUT_RDWR);
    peer_wait(peer, WAIT_NOTHING);
}

void peers_shut_down(struct peers *peers, enum wait wait, bool idle)
{
    struct peer *next;

    for (struct peer *peer = TAILQ_FIRST(&peers->waiting[wait]); peer; peer = next) {
        next = TAILQ_NEXT(peer, links);
        if (!idle || !peer->exchange)
            peer_shut_down(peer);
    }
}

static void handle_late(struct peer *peer)
{
    if (peer->wait == WAIT_HEARTBEAT) {
        peer_wait(peer, WAIT_HEARTBEAT);
        peer->peers->heartbeat(peer);
        return;
    }
    peer_shut_down(peer);
}

void peers_expire(struct peers *peers)
{
    for (enum wait wait = WAIT_HEADERS; wait < WAIT_COUNT; wait++) {
        struct peer *peer;

        while ((peer = TAILQ_FIRST(&peers->waiting[wait])) && peer->deadline_us <= peers->now_us)
            handle_late(peer);
    }
}

int64_t peers_deadline(const struct peers *peers)
{
    int64_t soonest = INT64_MAX;

    for (enum wait wait = WAIT_HEADERS; wait < WAIT_COUNT; wait++) {
        const struct peer *peer = TAILQ_FIRST(&peers->waiting[wait]);

        if (peer && peer->deadline_us < soonest)
            soonest = peer->deadline_us;
    }
    return soonest;
}
