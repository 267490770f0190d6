#include "server/exchange.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "server/loop.h"

/* Ended exchanges a loop keeps, each with the first block of its arena. */
#define POOL_MAX 256

static void settled(struct batch *batch)
{
    loop_return((struct exchange *)((char *)batch - offsetof(struct exchange, batch)));
}

struct exchange *exchange_new(struct loop *loop, struct peer *peer)
{
    struct exchange *exchange = loop->pool;

    if (exchange) {
        loop->pool = exchange->next;
        loop->pooled--;
    } else {
        exchange = calloc(1, sizeof *exchange);
        if (!exchange)
            abort();
    }

    exchange->next = NULL;
    exchange->loop = loop;
    exchange->peer = peer;
    exchange->batch.settled = settled;
    exchange->call.address = peer->address;
    exchange->began_us = clock_us();
    peer->exchange = exchange;
    return exchange;
}

static bool still_queued(struct exchange *exchange)
{
    struct loop *loop = exchange->loop;

    pthread_mutex_lock(&loop->done_lock);
    exchange->orphan = exchange->queued;
    pthread_mutex_unlock(&loop->done_lock);
    return exchange->orphan;
}

void exchange_end(struct exchange *exchange)
{
    struct loop *loop = exchange->loop;

    if (still_queued(exchange))
        return;

    if (exchange->reply.is_file)
        close(exchange->reply.file);
    arena_end(&exchange->call.arena);

    const struct arena kept = exchange->call.arena;

    memset(exchange, 0, sizeof *exchange);
    exchange->call.arena = kept;

    if (loop->pooled == POOL_MAX) {
        arena_free(&exchange->call.arena);
        free(exchange);
        return;
    }
    exchange->next = loop->pool;
    loop->pool = exchange;
    loop->pooled++;
}
