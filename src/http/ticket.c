#include "http/ticket.h"

void ticket_expect(struct ticket *ticket, int items)
{
    ticket->expected = items;
    atomic_store(&ticket->waiting, items);
}

void ticket_done(struct ticket *ticket)
{
    if (atomic_fetch_sub(&ticket->waiting, 1) == 1)
        ticket->settled(ticket);
}
