/*
 * The hot routes of packing: POST /api/scans and POST /api/scans/batch.
 */
#ifndef PACKING_LINK_HTTP_H
#define PACKING_LINK_HTTP_H

#include "http/route.h"

extern const struct batch_route post_scan;
extern const struct batch_route post_scan_batch;

#endif
