#include "server/peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "server/crowd.h"
#include "server/exchange.h"
#include "server/loop.h"

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

struct peer *peer_new(struct loop *loop, int fd, const struct sockaddr *address)
{
    struct peer *peer = calloc(1, sizeof *peer);

    if (!peer)
        abort();

    peer->loop = loop;
    peer->fd = fd;
    peer->crowd = crowd_of(address);
    write_address(address, peer->address);
    crowd_enter(peer->crowd);
    loop->connections++;

    TAILQ_INSERT_TAIL(&loop->waiting[WAIT_NOTHING], peer, links);
    peer_wait(peer, WAIT_HEADERS);
    return peer;
}

void peer_end(struct peer *peer)
{
    TAILQ_REMOVE(&peer->loop->waiting[peer->wait], peer, links);
    peer->loop->connections--;
    crowd_leave(peer->crowd);
    free(peer);
}

void peer_wait(struct peer *peer, enum wait wait)
{
    struct loop *loop = peer->loop;

    TAILQ_REMOVE(&loop->waiting[peer->wait], peer, links);
    peer->wait = wait;
    peer->deadline_us = loop->now_us + loop->wait_us[wait];
    TAILQ_INSERT_TAIL(&loop->waiting[wait], peer, links);
}

void peer_shut(struct peer *peer)
{
    shutdown(peer->fd, SHUT_RDWR);
    peer_wait(peer, WAIT_NOTHING);
}

static void be_late(struct peer *peer)
{
    if (peer->wait == WAIT_BEAT) {
        peer_wait(peer, WAIT_BEAT);
        listener_beat(peer->exchange);
        return;
    }
    peer_shut(peer);
}

void peers_expire(struct loop *loop)
{
    for (enum wait wait = WAIT_HEADERS; wait < WAIT_COUNT; wait++) {
        struct peer *peer;

        while ((peer = TAILQ_FIRST(&loop->waiting[wait])) && peer->deadline_us <= loop->now_us)
            be_late(peer);
    }
}

int64_t peers_deadline(const struct loop *loop)
{
    int64_t soonest = INT64_MAX;

    for (enum wait wait = WAIT_HEADERS; wait < WAIT_COUNT; wait++) {
        const struct peer *peer = TAILQ_FIRST(&loop->waiting[wait]);

        if (peer && peer->deadline_us < soonest)
            soonest = peer->deadline_us;
    }
    return soonest;
}
