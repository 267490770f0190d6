/*
 * Chores: small periodic jobs of a running server, such as sealing the audit log or creating
 * partitions.
 *
 * They run on the main thread, one after another, while it waits for a signal.
 */
#ifndef PROCESS_CHORES_H
#define PROCESS_CHORES_H

#include "process/parts.h"

/* Run each chore whose period is over; the first run comes one period after the first call. A chore
 * that fails is logged and runs again after its period. Called several times a second. */
void chores_run(struct server_process *process);

#endif
