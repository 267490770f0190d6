#include "base/qr.h"

#include <qrencode.h>
#include <stdio.h>
#include <stdlib.h>

#define QUIET 4

/* The longest run takes "M123 123h123v1h-123z". */
#define BYTES_OF_RUN 32

/* The runs of one row, behind those that are there. */
static void qr_add_row(struct qr *qr, struct qr_run *runs, const QRcode *code, int y)
{
    const unsigned char *row = code->data + (ptrdiff_t)y * code->width;

    for (int x = 0, next; x < code->width; x = next) {
        next = x + 1;
        if (!(row[x] & 1))
            continue;
        while (next < code->width && row[next] & 1)
            next++;
        runs[qr->count++] = (struct qr_run){ x + QUIET, y + QUIET, next - x };
    }
}

struct qr qr_encode(struct arena *arena, const char *text)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

    /* Texts of ours are far shorter than the 2,331 bytes that fit: there is no memory. */
    if (!code)
        abort();

    /* Each run needs a white module behind it, but for the last one of a row. */
    const size_t most = (size_t)(code->width + 1) / 2 * (size_t)code->width;
    struct qr_run *runs = NEW_ARRAY(arena, struct qr_run, most);
    struct qr qr = { .side = code->width + 2 * QUIET, .runs = runs };

    for (int y = 0; y < code->width; y++)
        qr_add_row(&qr, runs, code, y);
    QRcode_free(code);
    return qr;
}

/* One path of all runs. */
static const char *qr_path(struct arena *arena, const struct qr *qr)
{
    char *path = arena_alloc(arena, qr->count * BYTES_OF_RUN + 1, 1), *end = path;

    *end = '\0';
    for (size_t i = 0; i < qr->count; i++) {
        const struct qr_run *run = &qr->runs[i];

        end += sprintf(end, "M%d %dh%dv1h-%dz", run->x, run->y, run->length, run->length);
    }
    return path;
}

const char *qr_svg(struct arena *arena, const char *text)
{
    const struct qr qr = qr_encode(arena, text);

    return arena_format(arena,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
        "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
        "<path d=\"%s\"/></svg>",
        qr.side, qr.side, qr.side, qr.side, qr_path(arena, &qr));
}
