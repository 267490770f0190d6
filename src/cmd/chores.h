/*
 * Chores: small things that the main thread does from time to time while it waits for a signal.
 */
#ifndef CMD_CHORES_H
#define CMD_CHORES_H

#include "cmd/parts.h"

/* Do what is due by now. What fails is logged and done at its next time. */
void chores_run(struct server_process *process);

#endif
