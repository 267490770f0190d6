/*
 * Export: everything that a list can show, as one file, however much it is.
 *
 * A worker writes the rows page by page into a temporary file, as they stand at one moment, and the
 * answer is that file: a slow client holds no worker, and what goes wrong on the way is a problem
 * instead of half a file. Every export is noted in the audit log. How many run at once is said in
 * export_slots.h.
 *
 * A feature describes its own by one constant; exports.c lists them.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "export/sheet.h"
#include "http/request.h"

struct export
{
    const char *name; /* in the path and the file's name: "audit" */
    const char *title; /* of the sheet */
    const char *const *filters; /* the query's parameters, for the note; NULL behind the last */
    const struct column *columns;
    size_t columns_count;
    size_t row_size;

    /* Read the query; *walk goes to next(). */
    bool (*begin)(struct call * call, const struct request *request, void **walk);

    /* The next rows in the call's arena, which ends before the call for more; none at the end. */
    bool (*next)(struct call * call, void *walk, struct list *rows);
};

extern const struct export *const exports[];
extern const int exports_count;

/* A file of rows as it is sent. */
struct export_file {
    int file; /* closed with the call */
    int64_t length;
    const char *day; /* today in the organisation's zone */
};

/*
 * Write the rows that were asked for. What export_slot_take() refuses is refused. Before any
 * statement of the call's transaction.
 */
MUST_USE bool export_write(struct call *call, const struct export *export,
    const struct sheet_format *format, const struct request *request, struct export_file *written);

#endif
