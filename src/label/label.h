/*
 * Label: makes files of QR labels for bags, to be printed, and remembers what was printed.
 *
 * Labels are made for a range of new codes (the texts that name bags), or for chosen ones. Each
 * file is stored as a label run, a database row, so that no code of a range is printed twice by
 * mistake and the next free code is known. A family is a kind of parent bag, a large bag that holds
 * child bags; its codes follow a pattern.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database transaction, the signed-in user and, after a failure, the fault.
 */
#ifndef LABEL_LABEL_H
#define LABEL_LABEL_H

#include "base/call.h"
#include "label/label_file.h"
#include "list/listing.h"

/* The most labels in one file: enough for a roll of 2000. */
#define LABELS_MAX 2000

/* One of the chosen codes for which labels are ordered: an item of label_order.codes. */
struct label_code {
    const char *code; /* as it was typed; label_print() cleans it */
};

/* The input of label_print(): a range (`first` and `count`), or chosen `codes`, or a trial sheet,
 * by which a user sees whether the printer hits the labels. */
struct label_order {
    enum label_paper paper; /* the sheet or roll to print on */
    enum label_format format; /* the file format: PDF or ZPL, the language of label printers */
    int64_t skip; /* label places of the first sheet that are used already; NO_I64 (no value): 0 */
    const char *first; /* the first code of the range; NULL: not a range */
    int64_t count; /* how many codes the range has, 1 to LABELS_MAX */
    struct list codes; /* the chosen codes, struct label_code; empty: none */
    bool again; /* print a range even if its codes are bags, or were printed before */
    bool trial; /* one page of outlined labels with a code that is no bag's; not stored as a run */
};

/* The output of label_print(): a file of labels. */
struct label_document {
    int file; /* descriptor of a temporary file, which is closed when the call ends */
    int64_t length; /* of the file, in bytes */
    const char *name; /* suggested name of the downloaded file, such as "labels-SB00001.pdf" */
    const char *type; /* its media type, for the header Content-Type */
};

/* Make a file of the ordered labels: check the order, store it as a label run with a note in the
 * audit log, and write the file. FAULT_BAD_FIELDS if the order is invalid; FAULT_REFUSED if a code
 * of a range is a bag or was printed before, unless order->again is set. */
MUST_USE bool label_print(
    struct call *call, const struct label_order *order, struct label_document *document);

/* Set *code to the code with which the next range of a family begins: the one after the last that
 * was printed or the greatest that is a bag, whichever is higher; NULL if there is neither.
 * `family` is the family's name. FAULT_BAD_FIELDS if there is no such family. */
MUST_USE bool label_next(struct call *call, const char *family, const char **code);

/* The description of the list of label runs (rows, order, columns), newest first, by which
 * GET /api/labels is served. */
extern const struct listing label_run_listing;

#endif
