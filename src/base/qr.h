/*
 * Qr: a text as a QR code for a page.
 */
#ifndef BASE_QR_H
#define BASE_QR_H

#include "base/arena.h"

/* An SVG picture, black on white, with the quiet zone that scanners need. */
const char *qr_svg(struct arena *arena, const char *text);

#endif
