/*
 * Bill scan JSON: what is told of a parent that was scanned onto a bill.
 */
#ifndef BILL_BILL_SCAN_JSON_H
#define BILL_BILL_SCAN_JSON_H

#include "base/json.h"
#include "bill/judge.h"

/* "bag": {...} when there is one, and "bill": {...}, both as they were just after the scan. */
void bill_scan_to_json(struct json *json, const struct bill_scan *scan);

#endif
