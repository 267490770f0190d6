/*
 * Labels in ZPL II, as Zebra's label printers read it (Zebra's "ZPL II Programming Guide").
 *
 * The printer draws the QR code itself, without a quiet zone, from the size of a module in dots.
 */
#include "label/label_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/qr.h"

/* What ^BQ takes as the size of a module. */
#define MODULE_MAX 10

/* Modules of the quiet zone on each side, which qr_encode() includes. */
#define QUIET_MODULES 4

struct label_zpl {
    FILE *file;
    int dots_per_mm;
    const struct label_measures *measures;
    struct label_parts parts;
};

static int label_zpl_dots(const struct label_zpl *zpl, int tenths)
{
    return tenths * zpl->dots_per_mm / 10;
}

/* Signs that ZPL reads as commands are written as ^FH has it: "_5E". */
static void label_zpl_put_text(FILE *file, const char *text)
{
    for (; *text; text++)
        if (strchr("^~_\\", *text))
            fprintf(file, "_%02X", (unsigned)*text);
        else
            fputc(*text, file);
}

static void label_zpl_put_line(const struct label_zpl *zpl, const char *text, int top, int high)
{
    const int dots = label_zpl_dots(zpl, high);

    fprintf(zpl->file, "^FO0,%d^A0N,%d,%d^FB%d,1,0,C^FH^FD", label_zpl_dots(zpl, top), dots, dots,
        label_zpl_dots(zpl, zpl->measures->wide));
    label_zpl_put_text(zpl->file, text);
    fputs("^FS\n", zpl->file);
}

static void label_zpl_put_qr(struct call *call, const struct label_zpl *zpl, const char *code)
{
    const struct qr qr = qr_encode(&call->arena, code);
    const int room = label_zpl_dots(zpl, zpl->parts.qr_side) / qr.side;
    const int module = room > MODULE_MAX ? MODULE_MAX : room;
    const int spare = label_zpl_dots(zpl, zpl->parts.qr_side) - module * qr.side;
    const int inset = spare / 2 + QUIET_MODULES * module;

    fprintf(zpl->file, "^FO%d,%d^BQN,2,%d^FH^FDMA,",
        label_zpl_dots(zpl, zpl->parts.qr_left) + inset,
        label_zpl_dots(zpl, zpl->parts.qr_top) + inset, module);
    label_zpl_put_text(zpl->file, code);
    fputs("^FS\n", zpl->file);
}

static void label_zpl_put_outline(const struct label_zpl *zpl)
{
    fprintf(zpl->file, "^FO0,0^GB%d,%d,2^FS\n", label_zpl_dots(zpl, zpl->measures->wide),
        label_zpl_dots(zpl, zpl->measures->high));
}

static void label_zpl_put(
    struct call *call, const struct label_zpl *zpl, const struct label_sheet *sheet, size_t i)
{
    const struct label *label = &sheet->labels[i];

    fprintf(zpl->file, "^XA^CI28^PW%d^LL%d\n", label_zpl_dots(zpl, zpl->measures->wide),
        label_zpl_dots(zpl, zpl->measures->high));
    label_zpl_put_qr(call, zpl, label->code);
    label_zpl_put_line(zpl, label->code, zpl->parts.code_top, zpl->parts.code_high);
    label_zpl_put_line(zpl, label->name, zpl->parts.name_top, zpl->parts.name_high);
    if (sheet->outlines)
        label_zpl_put_outline(zpl);
    fputs("^XZ\n", zpl->file);
}

bool label_write_zpl(struct call *call, const struct label_sheet *sheet, int dots_per_mm, int file)
{
    const struct label_measures *measures = label_paper_measures(sheet->paper);
    const int own = dup(file);
    struct label_zpl zpl = { .file = own < 0 ? NULL : fdopen(own, "w"),
        .dots_per_mm = dots_per_mm,
        .measures = measures,
        .parts = label_parts_of(measures) };

    if (!zpl.file) {
        if (own >= 0)
            close(own);
        return fail(call, FAULT_INTERNAL, "labels: %s", strerror(errno));
    }
    for (size_t i = 0; i < sheet->count; i++)
        label_zpl_put(call, &zpl, sheet, i);

    const bool well = !ferror(zpl.file);

    return (fclose(zpl.file) == 0 && well)
        || fail(call, FAULT_INTERNAL, "labels: can't be written");
}
