/*
 * Label paper: the sheets and rolls that labels are printed on, and where a label's parts stand.
 *
 * All lengths are tenths of a millimetre.
 */
#ifndef LABEL_LABEL_PAPER_H
#define LABEL_LABEL_PAPER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/word_set.h"

enum label_paper {
    LABEL_PAPER_NONE,
#define PAPER(name, word, page_w, page_h, x, y, left, top, step_x, step_y, w, h) name,
#include "label/label_paper.def"
#undef PAPER
    LABEL_PAPER_COUNT
};

extern const struct word_set label_paper_set;

/* The measures of a paper, which has columns x rows labels on each page. A roll has one label on a
 * page, and the label is the page. */
struct label_measures {
    int page_wide, page_high;
    int columns, rows;
    int left, top; /* the first label's corner */
    int step_x, step_y; /* from a label's corner to its neighbour's */
    int wide, high; /* of a label */
};

/* The measures of this paper, a constant. */
const struct label_measures *label_paper_measures(enum label_paper paper);

/* Whether the paper is a roll, which a label printer takes. */
bool label_paper_is_roll(enum label_paper paper);

/* A label from top to bottom: the square QR code in the middle, the code, the name of its family.
 */
struct label_parts {
    int qr_left, qr_top, qr_side; /* the quiet zone included */
    int code_top, code_high; /* the line of the code */
    int name_top, name_high; /* the line of the name */
    int inset; /* free on each side of a line */
};

/* Where the parts of a label stand, from its upper left corner. */
struct label_parts label_parts_of(const struct label_measures *measures);

#endif
