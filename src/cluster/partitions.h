/*
 * Partitions: history is partitioned by month; each partition is created before its month begins.
 */
#ifndef CLUSTER_PARTITIONS_H
#define CLUSTER_PARTITIONS_H

#include "base/call.h"

/*
 * Create the missing partitions for the next twelve months. `owner` as for migrate_up().
 * FAULT_DATABASE.
 */
MUST_USE bool partitions_create(struct call *call, const char *owner);

#endif
