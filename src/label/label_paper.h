/*
 * Label paper: the sheets and rolls that labels are printed on, and the layout of a label.
 *
 * A sheet has several labels in columns and rows; on a roll, for label printers, each label is a
 * page of its own. All lengths are tenths of a millimetre. x grows to the right, y downwards.
 */
#ifndef LABEL_LABEL_PAPER_H
#define LABEL_LABEL_PAPER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/word_set.h"

/* The papers that are supported, one per row of label_paper.def: PAPER_A4_24 (a sheet of A4 with 24
 * labels), PAPER_ROLL_50X25 (a roll with labels of 50 x 25 mm) and so on. */
enum label_paper {
    LABEL_PAPER_NONE, /* no paper */
#define PAPER(name, word, page_w, page_h, x, y, left, top, step_x, step_y, w, h) name,
#include "label/label_paper.def"
#undef PAPER
    LABEL_PAPER_COUNT /* how many values there are, with NONE */
};

/* The words of enum label_paper in JSON and in the database: "a4_24", "roll_50x25". */
extern const struct word_set label_paper_set;

/* The measures of a paper, in tenths of a millimetre. Each page has columns * rows labels; a roll
 * has one, which fills the page. */
struct label_measures {
    int page_wide, page_high; /* width and height of a page */
    int columns, rows; /* how many labels are side by side, and one below the other */
    int left, top; /* position of the upper left label on the page */
    int step_x, step_y; /* from a label's left edge to the next one's; from top to top */
    int wide, high; /* width and height of a label */
};

/* Return the measures of this paper, a constant. For LABEL_PAPER_NONE all are 0. */
const struct label_measures *label_paper_measures(enum label_paper paper);

/* Whether the paper is a roll for label printers, with one label per page; else it is a sheet. */
bool label_paper_is_roll(enum label_paper paper);

/* The layout of one label, in tenths of a millimetre from its upper left corner. From top to
 * bottom: the square QR code, a line with the code, a line with the name of its family. */
struct label_parts {
    int qr_left, qr_top, qr_side; /* position and side of the QR code with its blank margin */
    int code_top, code_high; /* position and height of the line with the code */
    int name_top, name_high; /* position and height of the line with the family's name */
    int inset; /* width that stays free on the left and on the right of both lines */
};

/* Compute the layout of a label with the size measures->wide x measures->high. */
struct label_parts label_parts_of(const struct label_measures *measures);

#endif
