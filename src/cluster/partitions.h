/*
 * Partitions: history is kept by month; a month's partition is made before the month comes.
 */
#ifndef CLUSTER_PARTITIONS_H
#define CLUSTER_PARTITIONS_H

#include "base/call.h"

/* Make those of the next twelve months that are missing. `owner` as for migrate_up().
 * FAULT_DATABASE. */
MUST_USE bool partitions_create(struct call *call, const char *owner);

#endif
