/*
 * Link routes: the HTTP requests that put scanned child bags into parent bags (large bags that hold
 * child bags).
 *
 * They are the busiest requests of all, so they are batch routes: the scans of all requests that
 * wait at the same moment are decided and stored in one transaction (http/batch.h). Each scan has
 * an id made by the device; sending it again gives the first answer again.
 */
#ifndef PACKING_LINK_HTTP_H
#define PACKING_LINK_HTTP_H

#include "http/route.h"

/* POST /api/scans: put one child into a parent. Answers 201 with the parent's new count, or 409 or
 * 422 with the verdict, which says why not. */
extern const struct batch_route post_scan;

/* POST /api/scans/batch: up to 500 scans, collected by a device that was offline. Answers 200 with
 * one status and verdict for each scan, so one bad scan does not hold up the others. */
extern const struct batch_route post_scan_batch;

#endif
