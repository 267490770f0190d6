/*
 * Scratch: temporary files for data that is too big for memory.
 *
 * The files have no name, so nothing is left behind even after a crash. A call is one unit of work,
 * such as a request (base/call.h).
 */
#ifndef BASE_SCRATCH_H
#define BASE_SCRATCH_H

#include "base/call.h"

/* Create an empty temporary file and set *file to its descriptor, open for reading and writing. It
 * is closed when the call ends. FAULT_INTERNAL if it can't be created. */
MUST_USE bool scratch_open(struct call *call, int *file);

/* Set the folder for temporary files; NULL is /tmp. The text is not copied. Called once, at the
 * start of the program, before scratch_open(). */
void scratch_folder_set(const char *folder);

/* The folder for temporary files: the one that was set, or "/tmp". */
const char *scratch_folder(void);

#endif
