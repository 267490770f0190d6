/*
 * Label file: writes QR labels into a file for a printer, as PDF or as ZPL.
 *
 * ZPL II is the language of Zebra's label printers. A label shows a QR code, the bag's code (the
 * text that names the bag) and the name of its family (the kind of bag). A call is the unit of work
 * in hand, such as a request; it has the memory and records the fault after a failure.
 */
#ifndef LABEL_LABEL_FILE_H
#define LABEL_LABEL_FILE_H

#include "base/call.h"
#include "base/shape.h"
#include "label/label_paper.h"

/* The formats of label files, from label_format.def: LABEL_FORMAT_PDF, and LABEL_FORMAT_ZPL_203 and
 * LABEL_FORMAT_ZPL_300 for label printers with 203 or 300 dots per inch. */
enum label_format {
    LABEL_FORMAT_NONE, /* no format */
#define WORD(name, word) name,
#include "label/label_format.def"
#undef WORD
    LABEL_FORMAT_COUNT /* how many values there are, with NONE */
};

/* The words of enum label_format in JSON and in the database: "pdf", "zpl_203", "zpl_300". */
extern const struct word_set label_format_set;

/* The content of one label. */
struct label {
    const char *code; /* the bag's code: in the QR code, and as text below it */
    const char *name; /* name of the code's family, in small letters at the bottom; "": none */
};

/* The labels of one file, and how they are placed on the paper. */
struct label_sheet {
    enum label_paper paper; /* the sheet or roll */
    int64_t skip; /* label places of the first sheet to leave empty */
    bool outlines; /* draw each label's edge, to see whether the printer hits the labels */
    const struct label *labels; /* `count` labels, in the order of printing */
    size_t count; /* how many labels there are */
};

/* Write the labels as a PDF document into `file`, a descriptor open for writing that stays open:
 * one page per sheet, or per label of a roll. FAULT_INTERNAL if it can't be written. */
MUST_USE bool label_write_pdf(struct call *call, const struct label_sheet *sheet, int file);

/* Write the labels in ZPL II, one after another, into `file`, a descriptor open for writing that
 * stays open. The paper must be a roll, and sheet->skip is ignored. `dots_per_mm` is the printer's
 * resolution: 8 for 203 dots per inch, 12 for 300. FAULT_INTERNAL if it can't be written. */
MUST_USE bool label_write_zpl(
    struct call *call, const struct label_sheet *sheet, int dots_per_mm, int file);

#endif
