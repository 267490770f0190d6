/*
 * Chores: small jobs that the main thread does from time to time while it waits for a signal.
 */
#ifndef CMD_CHORES_H
#define CMD_CHORES_H

#include "cmd/parts.h"

/* Run the chores that are due. One that fails is logged and runs again at its next time. */
void chores_run(struct server_process *process);

#endif
