/*
 * Scratch: temporary files for data that is too big for memory.
 *
 * They have no name, so nothing is left behind, whatever happens.
 */
#ifndef BASE_SCRATCH_H
#define BASE_SCRATCH_H

#include "base/call.h"

/* A new file for reading and writing, closed at the end of the call. */
MUST_USE bool scratch_open(struct call *call, int *file);

/* The folder for them; NULL is /tmp. Called once, at start. */
void scratch_folder_set(const char *folder);

/* The folder that was set, or "/tmp". */
const char *scratch_folder(void);

#endif
