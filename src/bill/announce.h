/*
 * Announce: tells whoever made a bill that it is completed, by a job (jobs/job.h).
 *
 * The job is queued in the transaction that completes the bill, so the scan that does it waits for
 * no mail. Whoever completed it himself gets the mail alone, and a bill that was reopened meanwhile
 * is not announced.
 */
#ifndef BILL_ANNOUNCE_H
#define BILL_ANNOUNCE_H

#include "jobs/job.h"

/* Queue the announcement of a bill that the call completes, in its transaction. */
MUST_USE bool bill_announce_later(struct call *call, int64_t bill_id);

/* The work of JOB_BILL_COMPLETED: a notice and a mail to the person who made the bill. */
MUST_USE bool bill_announce(struct call *call, const struct job *job);

#endif
