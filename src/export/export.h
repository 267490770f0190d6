/*
 * Export: everything that a list can show as one file, of any size.
 *
 * A worker writes the rows of one snapshot page by page into a temporary file, and the answer is
 * that file. So a slow client keeps no worker busy, and an error on the way becomes a problem
 * instead of half a file. Every export is noted in the audit log. export_slots.h limits how many
 * run at once.
 *
 * A feature describes its export by one constant; exports.c lists them.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "audit/audit.h"
#include "export/sheet.h"
#include "http/request.h"

struct export
{
    const char *name; /* in the path and in the file's name: "audit" */
    enum audit_action action; /* what is noted */
    const char *title; /* of the sheet */
    const char *const *filters; /* the query's parameters, for the audit note; ends with NULL */
    const struct column *columns;
    size_t columns_count;
    size_t row_size;

    /* Read the query; *walk is passed to next(). */
    bool (*begin)(struct call * call, const struct request *request, void **walk);

    /*
     * The next rows, in the call's arena, which ends before next() is called again; none at the
     * end.
     */
    bool (*next)(struct call * call, void *walk, struct list *rows);
};

/* All exports. */
extern const struct export *const exports[];
extern const int exports_count;

/* The finished file. */
struct export_file {
    int file; /* closed when the call ends */
    int64_t length;
    const char *day; /* today in the organisation's time zone */
};

/*
 * Write the requested rows. Faults of export_slot_take(). Called before any statement of the call's
 * transaction.
 */
MUST_USE bool export_write(struct call *call, const struct export *export,
    const struct sheet_format *format, const struct request *request, struct export_file *written);

#endif
