/*
 * Bill scan JSON: the part of an answer that describes a parent bag scanned onto a bill.
 *
 * A parent is a large bag that holds child bags, a bill a dispatch document that parents are put
 * on, and a scan one reading of a bag's label.
 */
#ifndef BILL_BILL_SCAN_JSON_H
#define BILL_BILL_SCAN_JSON_H

#include "base/json.h"
#include "bill/judge.h"

/* Add "bag": {...}, if the code is a parent's, and "bill": {...} to the JSON object that is open,
 * both with their figures just after the scan. `scan` must have been decided: outcome is
 * BILL_SCAN_JUDGED. */
void bill_scan_to_json(struct json *json, const struct bill_scan *scan);

#endif
