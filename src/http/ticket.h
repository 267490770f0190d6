/*
 * Ticket: a suspended request that waits for its lane items.
 *
 * take() stores whatever answer() will need in `state`, and calls ticket_expect() with the number
 * of items before it pushes the first one. Each item's done function calls ticket_done(), on the
 * lane's thread. The last one calls settled(), through which the server wakes the connection's
 * loop, and the loop calls answer(). After its last push take() must not touch the ticket any more.
 */
#ifndef HTTP_TICKET_H
#define HTTP_TICKET_H

#include <stdatomic.h>

struct ticket {
    int expected; /* 0: nothing to wait for, answer() is called at once */
    atomic_int waiting;
    void *state; /* in the call's arena */
    void (*settled)(
        struct ticket *ticket); /* set by the server; called on the last item's thread */
};

/* Set the number of items; called before the first one is pushed. */
void ticket_expect(struct ticket *ticket, int items);

/* One item is finished. From any thread. */
void ticket_done(struct ticket *ticket);

#endif
