/* A CSV file of two columns, a line of the input each: it reads back, and starts no formula. */
#include <assert.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "export/sheet.h"
#include "fuzz.h"

#define ROWS_MAX 50
#define HEAD "\xef\xbb\xbfone,two\r\n"

struct record {
    const char *one, *two;
};

static const struct column columns[] = {
    { "one", 10, FIELD(struct record, one) },
    { "two", 10, FIELD(struct record, two) },
};

static const char *write_all(struct call *call, const struct record *records, size_t count)
{
    struct sheet sheet = { .format = &sheet_csv,
        .title = "Rows",
        .columns = columns,
        .count = 2,
        .zone = "UTC",
        .rows_max = SHEET_ROWS_MAX,
        .file = memfd_create("csv", MFD_CLOEXEC) };

    assert(sheet.file >= 0 && sheet_begin(call, &sheet));
    for (size_t i = 0; i < count; i++)
        assert(sheet_write_row(call, &sheet, &records[i]));
    assert(sheet_end(call, &sheet));

    const size_t length = (size_t)lseek(sheet.file, 0, SEEK_END);
    char *bytes = arena_alloc(&call->arena, length + 1, 1);

    assert(pread(sheet.file, bytes, length, 0) == (ssize_t)length && strlen(bytes) == length);
    close(sheet.file);
    return bytes;
}

/* One cell as RFC 4180 has it, up to what ends it. */
static const char *read_cell(struct call *call, const char **at)
{
    char *cell = arena_alloc(&call->arena, strlen(*at) + 1, 1), *end = cell;

    if (**at != '"') {
        const size_t length = strcspn(*at, ",\r\n");

        assert(!memchr(*at, '"', length));
        memcpy(cell, *at, length);
        *at += length;
        return cell;
    }
    for (++*at; **at != '"' || *++*at == '"'; ++*at) {
        assert(**at);
        *end++ = **at;
    }
    return cell;
}

/* A mark in front is all that may have been added, and has to be where a formula would begin. */
static void check_cell(const char *cell, const char *text)
{
    const bool marked = *text && strchr("=+-@\t\r\n", *text);

    assert(!marked || *cell == '\'');
    assert(strcmp(cell + marked, text) == 0);
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    struct span rest = { bytes, length };
    struct record records[ROWS_MAX];
    size_t count = 0;

    /* Line ends may be in a cell as well: a carriage return stands for one. */
    for (; rest.length && count < ROWS_MAX; count++) {
        records[count].one = fuzz_line_text(call, &rest);
        records[count].two = fuzz_line_text(call, &rest);
        for (char *c = (char *)(uintptr_t)records[count].two; *c; c++)
            if (*c == '\r')
                *c = '\n';
    }

    const char *at = write_all(call, records, count);

    assert(strncmp(at, HEAD, strlen(HEAD)) == 0);
    at += strlen(HEAD);
    for (size_t i = 0; i < count; i++) {
        check_cell(read_cell(call, &at), records[i].one);
        assert(*at++ == ',');
        check_cell(read_cell(call, &at), records[i].two);
        assert(strncmp(at, "\r\n", 2) == 0);
        at += 2;
    }
    assert(!*at);
}
