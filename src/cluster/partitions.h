/*
 * Partitions: creates the monthly partitions of the tables `scan` and `audit_log`.
 *
 * Both tables hold history that only grows, so each month has a partition of its own, which must
 * exist before the month begins.
 */
#ifndef CLUSTER_PARTITIONS_H
#define CLUSTER_PARTITIONS_H

#include "base/call.h"

/* Create the missing partitions of this month and the next twelve. `owner` is the libpq connection
 * string of the schema's owner. Several servers may call it at once. FAULT_DATABASE, recorded in
 * `call`, the unit of work in hand, if the connection or a statement fails. */
MUST_USE bool partitions_create(struct call *call, const char *owner);

#endif
