/*
 * Export: everything that a list can show as one file, of any size.
 *
 * A worker writes the rows of one snapshot page by page into a temporary file, and the answer is
 * that file. So a slow client keeps no worker busy, and an error on the way becomes a problem
 * instead of half a file. Every export is noted in the audit log. export_slots.h limits how many
 * run at once.
 *
 * What can be exported are the lists of the route table that have a title.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "audit/audit.h"
#include "export/sheet.h"
#include "list/listing_page.h"

/* The formats of a file, CSV first. */
extern const struct sheet_format *const export_formats[];
extern const size_t export_formats_count;

/* The list of this name; NULL when there is none, or it has no columns. */
const struct listing *export_find(const char *name);

/* What is asked for: a list, its filters, and how it shall look. */
struct export_order {
    const struct listing *listing;
    const struct sheet_format *format;
    struct listing_source source;
};

/* A file of rows as it is sent. */
struct export_file {
    int file; /* closed with the call */
    int64_t length, rows;
    const char *day; /* today in the organisation's zone */
};

/*
 * Write the requested rows. Faults of export_slot_take(). Called before any statement of the call's
 * transaction.
 */
MUST_USE bool export_write(
    struct call *call, const struct export_order *order, struct export_file *written);

#endif
