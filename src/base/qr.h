/*
 * QR: turns a text into a QR code, as modules (its black squares) or as a picture for a web page.
 *
 * Error correction is level M: a label stays readable with 15 % of it gone.
 */
#ifndef BASE_QR_H
#define BASE_QR_H

#include "base/arena.h"

/* Black modules side by side in one row: `length` of them, beginning at column x of row y. */
struct qr_run {
    int x, y, length;
};

/* A QR code: where its black modules are. */
struct qr {
    int side; /* modules in a row, with the quiet zone of 4 modules on each side */
    const struct qr_run *runs; /* in the arena */
    size_t count; /* of the runs */
};

/* The QR code of a text of at most 300 bytes. */
struct qr qr_encode(struct arena *arena, const char *text);

/* The QR code of a text as an SVG picture, black on white, as text in the arena. */
const char *qr_svg(struct arena *arena, const char *text);

#endif
