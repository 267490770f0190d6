#include "base/qr.h"

#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>

#define QUIET 4

/* The longest run of dark modules takes "M123 123h123v1h-123z", so each dark module less. */
#define BYTES_OF_RUN 32

/* One path of all runs of dark modules, row by row. */
static char *draw(struct arena *arena, const QRcode *code)
{
    const size_t modules = (size_t)code->width * (size_t)code->width;
    char *path = arena_alloc(arena, modules / 2 * BYTES_OF_RUN + BYTES_OF_RUN, 1), *end = path;

    for (int y = 0; y < code->width; y++)
        for (int x = 0, next; x < code->width; x = next) {
            const unsigned char *row = code->data + (ptrdiff_t)y * code->width;

            next = x + 1;
            if (!(row[x] & 1))
                continue;
            while (next < code->width && row[next] & 1)
                next++;
            end += sprintf(end, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, next - x, next - x);
        }
    return path;
}

const char *qr_svg(struct arena *arena, const char *text)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

    /* Texts of ours are far shorter than the 2,331 bytes that fit: there is no memory. */
    if (!code)
        abort();

    const int side = code->width + 2 * QUIET;
    const char *path = draw(arena, code);

    QRcode_free(code);
    return arena_format(arena,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
        "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
        "<path d=\"%s\"/></svg>",
        side, side, side, side, path);
}
