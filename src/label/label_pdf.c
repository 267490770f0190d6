/* Labels as a PDF, by cairo, with pango for the names: those may be in any script. */
#include "label/label_file.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <pango/pangocairo.h>
#include <string.h>
#include <unistd.h>

#include "base/qr.h"

/* A point is 1/72 inch, an inch 25.4 mm; lengths here are tenths of a millimetre. */
#define POINTS (72.0 / 254.0)

#define LABEL_FONT "DejaVu Sans, sans-serif"

/* A line's letters are this share of its height, so that descenders fit. */
#define LETTER_SHARE 0.8

struct label_pdf {
    cairo_t *cairo;
    PangoFontMap *fonts;
    PangoLayout *layout;
    const struct label_measures *measures;
    struct label_parts parts;
    bool outlines;
};

static cairo_status_t label_pdf_put(void *file, const unsigned char *bytes, unsigned length)
{
    while (length) {
        const ssize_t put = write(*(const int *)file, bytes, length);

        if (put < 0 && errno != EINTR)
            return CAIRO_STATUS_WRITE_ERROR;
        if (put > 0) {
            bytes += put;
            length -= (unsigned)put;
        }
    }
    return CAIRO_STATUS_SUCCESS;
}

/* All modules are one path: filled one by one they would show hairs between them. */
static void label_pdf_draw_qr(struct call *call, const struct label_pdf *pdf, const char *text)
{
    const struct qr qr = qr_encode(&call->arena, text);
    const double module = pdf->parts.qr_side * POINTS / qr.side;

    for (size_t i = 0; i < qr.count; i++)
        cairo_rectangle(pdf->cairo, pdf->parts.qr_left * POINTS + qr.runs[i].x * module,
            pdf->parts.qr_top * POINTS + qr.runs[i].y * module, qr.runs[i].length * module, module);
    cairo_fill(pdf->cairo);
}

/* A line of text in the middle, smaller if it would not fit. */
static void label_pdf_draw_line(
    const struct label_pdf *pdf, const char *text, const char *style, int top, int high)
{
    const double room = (pdf->measures->wide - 2 * pdf->parts.inset) * POINTS;
    PangoFontDescription *font = pango_font_description_from_string(style);
    int wide, tall;

    pango_font_description_set_absolute_size(font, high * POINTS * LETTER_SHARE * PANGO_SCALE);
    pango_layout_set_font_description(pdf->layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(pdf->layout, text, -1);
    pango_layout_get_size(pdf->layout, &wide, &tall);

    const double natural = (double)wide / PANGO_SCALE;
    const double shrink = natural > room ? room / natural : 1;

    cairo_save(pdf->cairo);
    cairo_translate(
        pdf->cairo, (pdf->measures->wide * POINTS - natural * shrink) / 2, top * POINTS);
    cairo_scale(pdf->cairo, shrink, shrink);
    pango_cairo_show_layout(pdf->cairo, pdf->layout);
    cairo_restore(pdf->cairo);
}

static void label_pdf_draw_outline(const struct label_pdf *pdf)
{
    cairo_set_line_width(pdf->cairo, 0.5);
    cairo_rectangle(pdf->cairo, 0, 0, pdf->measures->wide * POINTS, pdf->measures->high * POINTS);
    cairo_stroke(pdf->cairo);
}

/* `place` counts the labels of a page from 0, row by row. */
static void label_pdf_draw(
    struct call *call, const struct label_pdf *pdf, const struct label *label, int place)
{
    const struct label_measures *measures = pdf->measures;
    const int x = measures->left + place % measures->columns * measures->step_x;
    const int y = measures->top + place / measures->columns * measures->step_y;

    cairo_save(pdf->cairo);
    cairo_translate(pdf->cairo, x * POINTS, y * POINTS);
    label_pdf_draw_qr(call, pdf, label->code);
    label_pdf_draw_line(
        pdf, label->code, LABEL_FONT " Bold", pdf->parts.code_top, pdf->parts.code_high);
    label_pdf_draw_line(pdf, label->name, LABEL_FONT, pdf->parts.name_top, pdf->parts.name_high);
    if (pdf->outlines)
        label_pdf_draw_outline(pdf);
    cairo_restore(pdf->cairo);
}

static void label_pdf_draw_all(
    struct call *call, const struct label_pdf *pdf, const struct label_sheet *sheet)
{
    const int64_t on_page = pdf->measures->columns * pdf->measures->rows;

    for (int64_t i = 0; i < (int64_t)sheet->count; i++) {
        const int place = (int)((i + sheet->skip) % on_page);

        if (i && place == 0)
            cairo_show_page(pdf->cairo);
        label_pdf_draw(call, pdf, &sheet->labels[i], place);
    }
    cairo_show_page(pdf->cairo);
}

/* Fonts of its own: the default ones belong to the thread, and are lost with it. */
static void label_pdf_open_fonts(struct label_pdf *pdf)
{
    pdf->fonts = pango_cairo_font_map_new();

    PangoContext *context = pango_font_map_create_context(pdf->fonts);

    pango_cairo_update_context(pdf->cairo, context);
    pdf->layout = pango_layout_new(context);
    g_object_unref(context);
}

static void label_pdf_close_fonts(struct label_pdf *pdf)
{
    g_object_unref(pdf->layout);
    g_object_unref(pdf->fonts);
}

bool label_write_pdf(struct call *call, const struct label_sheet *sheet, int file)
{
    const struct label_measures *measures = label_paper_measures(sheet->paper);
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        label_pdf_put, &file, measures->page_wide * POINTS, measures->page_high * POINTS);
    cairo_t *cairo = cairo_create(surface);
    struct label_pdf pdf = { .cairo = cairo,
        .measures = measures,
        .parts = label_parts_of(measures),
        .outlines = sheet->outlines };

    label_pdf_open_fonts(&pdf);
    label_pdf_draw_all(call, &pdf, sheet);
    label_pdf_close_fonts(&pdf);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);

    const cairo_status_t status = cairo_surface_status(surface);

    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS
        || fail(call, FAULT_INTERNAL, "labels: %s", cairo_status_to_string(status));
}
