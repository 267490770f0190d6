/*
 * Unzip: what is in a zip archive, for the tests of those that are written.
 */
#ifndef TESTS_UNIT_UNZIP_H
#define TESTS_UNIT_UNZIP_H

#include "base/arena.h"

/* The content of the entry with this name as text; NULL when there is none. */
const char *unzip_text(struct arena *arena, const char *archive, size_t length, const char *name);

#endif
