/*
 * Label file: labels as a file for a printer, as PDF or as ZPL.
 */
#ifndef LABEL_LABEL_FILE_H
#define LABEL_LABEL_FILE_H

#include "base/call.h"
#include "base/shape.h"
#include "label/label_paper.h"

enum label_format {
    LABEL_FORMAT_NONE,
#define WORD(name, word) name,
#include "label/label_format.def"
#undef WORD
    LABEL_FORMAT_COUNT
};

extern const struct word_set label_format_set;

/* One label. */
struct label {
    const char *code; /* what the QR code says and the line below it shows */
    const char *name; /* of the code's family, shown small; "" for none */
};

/* Labels and how they are laid out. */
struct label_sheet {
    enum label_paper paper;
    int64_t skip; /* labels of the first sheet that are used up */
    bool outlines; /* draw each label's edge, to see whether the printer meets it */
    const struct label *labels;
    size_t count;
};

/* A document with a page for each sheet or label, drawn by cairo. `file` is open for writing;
 * FAULT_INTERNAL when it can't be written. */
MUST_USE bool label_write_pdf(struct call *call, const struct label_sheet *sheet, int file);

/* The same labels in Zebra's language, one after another; the paper is a roll. `dots_per_mm` is
 * 8 for printers of 203 dots per inch, 12 for 300. */
MUST_USE bool label_write_zpl(
    struct call *call, const struct label_sheet *sheet, int dots_per_mm, int file);

#endif
