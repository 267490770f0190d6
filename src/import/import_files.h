/*
 * Import files: an import's files as they are read, and the outcomes of its rows as they are
 * written.
 */
#ifndef IMPORT_IMPORT_FILES_H
#define IMPORT_IMPORT_FILES_H

#include "import/import_batch.h"

/* A file of an import, fetched from the database. */
struct import_stored_file {
    int64_t n; /* number of the file in its import, from 0 */
    const char *name; /* as it was uploaded */
    int64_t length; /* bytes */
    int file; /* descriptor of a temporary copy; closed when the call ends */
};

/* All files of an import. */
struct import_stored_files {
    struct import_stored_file *items; /* in call->arena */
    size_t count;
};

/* Fetch the files of the import with this id. FAULT_INTERNAL if a temporary file can't be written.
 */
MUST_USE bool import_files_open(struct call *call, int64_t id, struct import_stored_files *files);

/* Write the outcomes of a batch's rows, in the call's transaction. */
MUST_USE bool import_files_write_rows(
    struct call *call, int64_t id, const struct import_batch *batch);

#endif
