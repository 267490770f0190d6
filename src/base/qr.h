/*
 * QR: encodes a text as a QR code, as a list of black runs or as an SVG picture.
 *
 * A module is one of the small squares of a QR code. Error correction is level M: a label stays
 * readable with 15 % of it damaged. Memory comes from an arena (freed all at once; base/arena.h).
 */
#ifndef BASE_QR_H
#define BASE_QR_H

#include "base/arena.h"

/* Black modules side by side in one row: `length` of them from column x of row y, counted from 0 at
 * the top left, with the white border included. */
struct qr_run {
    int x, y, length;
};

/* An encoded QR code: a square, with a list of its black modules. */
struct qr {
    int side; /* width and height in modules, with the white border of 4 modules on each side */
    const struct qr_run *runs; /* the black modules, from top to bottom; in the arena */
    size_t count; /* of the runs */
};

/* Encode a text of 1 to 2,331 bytes. Any other length aborts the process. */
struct qr qr_encode(struct arena *arena, const char *text);

/* Encode a text of 1 to 2,331 bytes as an SVG picture, black on white. Returns the SVG document, in
 * the arena. */
const char *qr_svg(struct arena *arena, const char *text);

#endif
