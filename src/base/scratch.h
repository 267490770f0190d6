/*
 * Scratch: temporary files without a name, for what is too big for memory.
 *
 * Whatever happens, nothing is left behind.
 */
#ifndef BASE_SCRATCH_H
#define BASE_SCRATCH_H

#include "base/call.h"

/* A new one for reading and writing, closed with the call. */
MUST_USE bool scratch_open(struct call *call, int *file);

/* Where they go; NULL is /tmp. Said once, at start. */
void scratch_folder_set(const char *folder);
const char *scratch_folder(void);

#endif
