/*
 * Export: writes all rows of a list into one file, of any size, as CSV or Excel.
 *
 * A worker thread writes the rows of one database snapshot page by page into a temporary file, and
 * the answer is that file. So a slow client keeps no worker busy, and an error on the way becomes
 * an error answer instead of half a file. Every export is recorded in the audit log. Exports are
 * those lists (list/listing.h) of the route table that have a title. export_slots.h limits how many
 * run at once. `call` is the unit of work in hand, such as a request; texts live in call->arena.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "audit/audit.h"
#include "export/sheet.h"
#include "list/listing_page.h"

/* The export_formats_count file formats that can be chosen: CSV, then Excel. */
extern const struct sheet_format *const export_formats[];

/* The number of elements of export_formats. */
extern const size_t export_formats_count;

/* Find the list with this name ("bags") in the route table; NULL if there is none or it can't be
 * exported. */
const struct listing *export_find(const char *name);

/* What to export, and how. */
struct export_order {
    const struct listing *listing; /* from export_find() */
    const struct sheet_format *format; /* one of export_formats */
    struct listing_source source; /* gives the values of the list's filters */
};

/* The file that export_write() has written. */
struct export_file {
    int file; /* descriptor of an unnamed temporary file, closed at the end of the call */
    int64_t length, rows; /* bytes; rows without the titles */
    const char *day; /* today in the organisation's time zone, "2026-11-21" */
};

/* Write the rows that the order asks for into a temporary file, *written, and record the export in
 * the audit log. The file is closed when the call ends: to keep it longer, dup() its descriptor.
 * Must be called before any statement of the transaction. It takes an export slot and gives it
 * back before it returns: FAULT_TOO_OFTEN and FAULT_OVERLOADED if there is none; FAULT_BAD_FIELDS
 * if a filter is invalid; FAULT_TOO_LARGE if Excel can't hold the rows; FAULT_INTERNAL if the file
 * can't be written. */
MUST_USE bool export_write(
    struct call *call, const struct export_order *order, struct export_file *written);

#endif
