/*
 * Import job: reads the files of an import in the background (jobs/job_runner.h).
 *
 * All files are read twice: first to the end, so that nothing is imported from a file that can't be
 * read, and to know how many rows there are; then row by row, in batches. Each batch and the record
 * of how far the import is are one transaction. So an import that a crash interrupts goes on behind
 * the last batch that was committed, and no row is imported twice.
 */
#ifndef IMPORT_IMPORT_JOB_H
#define IMPORT_IMPORT_JOB_H

#include "jobs/job_runner.h"

/* The job_fn of JOB_IMPORT, whose key is the import's id. */
MUST_USE bool import_run(struct call *call, const struct job *job);

#endif
