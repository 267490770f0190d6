/*
 * Label: QR labels for bags, as a file for a printer.
 *
 * Labels are printed for a range of new codes, or for chosen ones. What was printed is kept as a
 * label run, so that no code of a range is printed twice by mistake and the next range is known.
 */
#ifndef LABEL_LABEL_H
#define LABEL_LABEL_H

#include "base/call.h"
#include "label/label_file.h"
#include "list/listing.h"

/* Labels of one file at most: a thousand sheets of two, or a roll. */
#define LABELS_MAX 2000

/* A code as it is sent: an item of label_order.codes. */
struct label_code {
    const char *code;
};

/* What is ordered: a range (`first` and `count`), or chosen `codes`, or a trial sheet. */
struct label_order {
    enum label_paper paper;
    enum label_format format;
    int64_t skip; /* labels of the first sheet that are used up; NO_I64 is 0 */
    const char *first; /* the first code of the range; NULL: not a range */
    int64_t count; /* codes in the range */
    struct list codes; /* struct label_code */
    bool again; /* print a range even if its codes are bags, or were printed before */
    bool trial; /* one page of outlines, with a code that no scan takes; is not kept as a run */
};

/* A file of labels. */
struct label_document {
    int file; /* closed with the call */
    int64_t length; /* bytes */
    const char *name; /* of the file when it is downloaded */
    const char *type; /* Content-Type */
};

/*
 * Print labels: check the order, keep it as a run with an audit note, and write its file.
 * FAULT_BAD_FIELDS; FAULT_REFUSED if a code of a range is a bag or was printed before.
 */
MUST_USE bool label_print(
    struct call *call, const struct label_order *order, struct label_document *document);

/* The code behind the greatest one of a family that is a bag or was printed; NULL when there is
 * none. `family` is its name. FAULT_BAD_FIELDS if there is no such family. */
MUST_USE bool label_next(struct call *call, const char *family, const char **code);

/* What was printed, newest first. */
extern const struct listing label_run_listing;

#endif
