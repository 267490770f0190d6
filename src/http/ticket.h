/*
 * Ticket: a suspended request that waits for its lane items.
 *
 * take() hangs what it wants to find again on `state` and says with ticket_expect() how many items
 * it will push -- before the first push. Each item's done() calls ticket_done(), from the lane's
 * thread; the last one calls settled(), by which the server wakes the connection's own loop, and
 * that calls answer(). After its last push take() must not touch the ticket any more.
 */
#ifndef HTTP_TICKET_H
#define HTTP_TICKET_H

#include <stdatomic.h>

struct ticket {
    int expected; /* 0: take() has settled it all, answer() follows at once */
    atomic_int waiting;
    void *state; /* in the call's arena */
    void (*settled)(struct ticket *ticket); /* the server's; called from the last item's thread */
};

void ticket_expect(struct ticket *ticket, int items);
void ticket_done(struct ticket *ticket);

#endif
