/*
 * Import result: a workbook with what became of each row of an import.
 */
#ifndef IMPORT_IMPORT_RESULT_H
#define IMPORT_IMPORT_RESULT_H

#include "base/call.h"

/* The workbook. */
struct import_result {
    int file; /* descriptor of an unnamed temporary file; closed when the call ends */
    int64_t length; /* bytes */
    const char *type; /* MIME type */
};

/* Write the workbook of the import with this id into a temporary file: the sheets Summary,
 * Successes, Errors and Skipped, with all rows, however many. Must be called before any statement
 * of the transaction. FAULT_NOT_FOUND if there is no such import; FAULT_TOO_OFTEN or
 * FAULT_OVERLOADED if too many files are being written; FAULT_INTERNAL if the file can't be
 * written. */
MUST_USE bool import_result_write(struct call *call, int64_t id, struct import_result *result);

/* Write a workbook of the rows that were refused, in the form of the kind's template, so that they
 * can be mended and imported again: children above their parent, parents above their bill. The rest
 * is as for import_result_write(). */
MUST_USE bool import_failed_write(struct call *call, int64_t id, struct import_result *result);

#endif
