#include "workbook/book_csv.h"

#include <csv.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

#define BOOK_CSV_READ 65536
/* Where the separator and the encoding are looked for. */
#define BOOK_CSV_SAMPLE 8192
#define BOOK_CSV_CELL_MAX ((size_t)1024 * 1024)

/* A file that is being read. */
struct book_csv {
    struct call *call;
    struct book_rows *rows;
    struct csv_parser parser;
    iconv_t utf16; /* (iconv_t)-1: the file is not UTF-16 */
    iconv_t latin; /* from Windows-1252 */
    int64_t number; /* of the present row */
    size_t column;
    bool stopped; /* a row was refused */
    bool after_return; /* the last row ended with a carriage return */
};

/* A cell that never ends would otherwise take all memory. */
static void *book_csv_grow(void *bytes, size_t size)
{
    return size > BOOK_CSV_CELL_MAX ? NULL : realloc(bytes, size);
}

static void book_csv_end(void *state)
{
    struct book_csv *csv = state;

    csv_free(&csv->parser);
    if (csv->utf16 != (iconv_t)-1)
        iconv_close(csv->utf16);
    if (csv->latin != (iconv_t)-1)
        iconv_close(csv->latin);
}

/* Windows-1252 in a file that claims nothing. What it has no letter for is left out. */
static void book_csv_set_latin(struct book_csv *csv, char *bytes, size_t length)
{
    char text[3 * WORKBOOK_CELL_MAX];
    char *out = text;
    size_t room = sizeof text;

    iconv(csv->latin, NULL, NULL, NULL, NULL);
    while (length && room > 4) {
        if (iconv(csv->latin, &bytes, &length, &out, &room) != (size_t)-1 || errno == E2BIG)
            break;
        bytes++, length--;
    }
    book_row_set(csv->rows, csv->column, text, (size_t)(out - text));
}

/* A NUL would end the text early, so it is taken for the end. */
static void book_csv_cell(void *bytes, size_t length, void *state)
{
    struct book_csv *csv = state;

    if (csv->column == 0)
        book_row_begin(csv->rows, csv->number + 1);
    length = bytes ? strnlen(bytes, length) : 0;
    if (length && text_is_utf8(bytes, length))
        book_row_set(csv->rows, csv->column, bytes, length);
    else if (length)
        book_csv_set_latin(csv, bytes, length);
    csv->column++;
}

/* Called for empty lines, too, so that row numbers are right; and for both halves of "\r\n". */
static void book_csv_row(int end, void *state)
{
    struct book_csv *csv = state;
    const bool is_second_half = end == '\n' && csv->after_return && !csv->column;

    csv->after_return = end == '\r';
    if (is_second_half || csv->stopped)
        return;
    if (!csv->column)
        book_row_begin(csv->rows, csv->number + 1);
    csv->number++;
    csv->column = 0;
    csv->stopped = !book_row_end(csv->call, csv->rows);
}

/* Outside quotes, in the first lines. */
static unsigned char book_csv_separator(const char *sample, size_t length)
{
    static const char separators[] = ",;\t";
    size_t counts[3] = { 0 };
    bool quoted = false;
    int best = 0;

    for (size_t i = 0; i < length; i++) {
        const char *found = sample[i] ? strchr(separators, sample[i]) : NULL;

        quoted ^= sample[i] == '"';
        if (found && !quoted)
            counts[found - separators]++;
    }
    for (int i = 1; i < 3; i++)
        if (counts[i] > counts[best])
            best = i;
    return (unsigned char)separators[best];
}

/* The name of the encoding if it is UTF-16, else NULL: by its mark, or as half of it is NUL. */
static const char *book_csv_encoding(const unsigned char *sample, size_t length)
{
    size_t odd = 0, even = 0;

    if (length >= 2 && sample[0] == 0xff && sample[1] == 0xfe)
        return "UTF-16LE";
    if (length >= 2 && sample[0] == 0xfe && sample[1] == 0xff)
        return "UTF-16BE";
    for (size_t i = 0; i < length; i++)
        if (!sample[i])
            (i % 2 ? odd++ : even++);
    if (odd > length / 4 && !even)
        return "UTF-16LE";
    return even > length / 4 && !odd ? "UTF-16BE" : NULL;
}

static bool book_csv_parse(struct book_csv *csv, const char *bytes, size_t length)
{
    const size_t done = csv_parse(&csv->parser, bytes, length, book_csv_cell, book_csv_row, csv);

    if (done != length)
        return fail_because(csv->call, FILE_DAMAGED, .what = "CSV");
    return !csv->stopped;
}

/* Half a character at the end is left for the next piece: *left bytes, moved to the beginning. */
static bool book_csv_parse_utf16(struct book_csv *csv, char *bytes, size_t length, size_t *left)
{
    char text[BOOK_CSV_READ];
    char *in = bytes;
    size_t rest = length;

    for (;;) {
        char *out = text;
        size_t room = sizeof text;
        const bool is_done = iconv(csv->utf16, &in, &rest, &out, &room) != (size_t)-1;
        const int why = errno;

        if (!book_csv_parse(csv, text, (size_t)(out - text)))
            return false;
        if (is_done || why == EINVAL)
            break;
        if (why == EILSEQ)
            return fail_because(csv->call, FILE_DAMAGED, .what = "UTF-16");
    }
    memmove(bytes, in, rest);
    *left = rest;
    return true;
}

static bool book_csv_fail(struct call *call)
{
    return fail(call, FAULT_INTERNAL, "an uploaded file: %s", strerror(errno));
}

static bool book_csv_parse_all(struct book_csv *csv, int file, int64_t from, int64_t length)
{
    char bytes[BOOK_CSV_READ];
    size_t left = 0;

    while (from < length) {
        const ssize_t count = pread(file, bytes + left, sizeof bytes - left, (off_t)from);
        const size_t have = left + (size_t)(count > 0 ? count : 0);

        if (count <= 0)
            return book_csv_fail(csv->call);
        from += count;
        left = 0;
        if (csv->utf16 != (iconv_t)-1 ? !book_csv_parse_utf16(csv, bytes, have, &left)
                                      : !book_csv_parse(csv, bytes, have))
            return false;
    }
    csv_fini(&csv->parser, book_csv_cell, book_csv_row, csv);
    return !csv->stopped;
}

/* Bytes of the byte order mark, which is no part of the first cell. */
static int64_t book_csv_mark(const unsigned char *sample, size_t length, bool is_utf16)
{
    if (is_utf16)
        return length >= 2 && (sample[0] == 0xff || sample[0] == 0xfe) ? 2 : 0;
    return length >= 3 && memcmp(sample, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

bool book_csv_read(struct call *call, int file, int64_t length, struct book_rows *rows)
{
    char sample[BOOK_CSV_SAMPLE];
    const ssize_t count = pread(file, sample, sizeof sample, 0);
    struct book_csv *csv = NEW(&call->arena, struct book_csv);

    if (count < 0)
        return book_csv_fail(call);

    const size_t have = (size_t)count;
    const char *encoding = book_csv_encoding((const unsigned char *)sample, have);

    if (!encoding && memchr(sample, '\0', have))
        return fail_because(call, FILE_NO_TABLE);

    csv->call = call;
    csv->rows = rows;
    csv->utf16 = encoding ? iconv_open("UTF-8", encoding) : (iconv_t)-1;
    csv->latin = iconv_open("UTF-8", "WINDOWS-1252");
    csv_init(&csv->parser, CSV_APPEND_NULL | CSV_REPALL_NL);
    csv_set_realloc_func(&csv->parser, book_csv_grow);
    csv_set_blk_size(&csv->parser, BOOK_CSV_READ); /* a long cell is not copied every 128 bytes */
    csv_set_delim(&csv->parser, book_csv_separator(sample, have));
    arena_defer(&call->arena, book_csv_end, csv);
    rows->row.sheet = "";
    return book_csv_parse_all(
        csv, file, book_csv_mark((const unsigned char *)sample, have, encoding != NULL), length);
}
