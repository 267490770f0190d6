#include "workbook/workbook.h"

#include <string.h>
#include <unistd.h>

#include "workbook/book_csv.h"
#include "workbook/book_parts.h"
#include "workbook/book_sheet.h"

/* How files begin that are not ours: a zip archive, and what Excel wrote before 2007, in which it
 * also puts workbooks with a password. */
#define BOOK_ZIP_BEGINS "PK\x03\x04"
#define BOOK_EMPTY_ZIP_BEGINS "PK\x05\x06"
#define BOOK_OLE_BEGINS "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#define BOOK_BEGINS_LENGTH 8
#define BOOK_OPEN_DOCUMENT "application/vnd.oasis.opendocument"

/* "EncryptedPackage" in UTF-16, a name in the directory of a workbook with a password. */
static bool workbook_is_encrypted(int file, int64_t length)
{
    static const char mark[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    char bytes[65536];
    const int64_t step = (int64_t)(sizeof bytes - sizeof mark);

    for (int64_t from = 0; from < length; from += step) {
        const ssize_t count = pread(file, bytes, sizeof bytes, (off_t)from);

        if (count > 0 && memmem(bytes, (size_t)count, mark, sizeof mark - 1))
            return true;
    }
    return false;
}

static bool workbook_is_open_document(const struct book_zip *book)
{
    char type[sizeof BOOK_OPEN_DOCUMENT - 1];

    return book_zip_peek(book, "mimetype", type, sizeof type) == sizeof type
        && memcmp(type, BOOK_OPEN_DOCUMENT, sizeof type) == 0;
}

static bool workbook_read_sheets(struct call *call, const struct book_zip *book,
    const struct book_parts *parts, struct book_rows *rows)
{
    struct book_shared *shared = NEW(&call->arena, struct book_shared);

    shared->styles.from_1904 = parts->from_1904;
    if (!book_strings_read(call, book, parts->strings, &shared->strings)
        || !book_styles_read(call, book, parts->styles, &shared->styles))
        return false;

    for (size_t i = 0; i < parts->count; i++) {
        rows->row.sheet = parts->sheets[i].name;
        rows->row.hidden = parts->sheets[i].hidden;
        if (parts->sheets[i].file
            && !book_sheet_read(call, book, parts->sheets[i].file, shared, rows))
            return false;
    }
    return true;
}

static bool workbook_read_zip(struct call *call, int file, struct book_rows *rows)
{
    struct book_parts *parts = NEW(&call->arena, struct book_parts);
    struct book_zip *book;

    if (!book_zip_open(call, file, &book))
        return false;
    if (workbook_is_open_document(book))
        return fail_because(call, FILE_OPEN_DOCUMENT);
    return book_parts_find(call, book, parts) && workbook_read_sheets(call, book, parts, rows);
}

bool workbook_read(
    struct call *call, int file, int64_t length, workbook_row_fn *take, void *context)
{
    struct book_rows *rows = NEW(&call->arena, struct book_rows);
    char begins[BOOK_BEGINS_LENGTH] = { 0 };

    rows->take = take;
    rows->context = context;
    if (pread(file, begins, sizeof begins, 0) <= 0)
        return fail_because(call, FILE_EMPTY);
    if (memcmp(begins, BOOK_OLE_BEGINS, sizeof begins) == 0)
        return workbook_is_encrypted(file, length) ? fail_because(call, FILE_ENCRYPTED)
                                                   : fail_because(call, FILE_OLD_EXCEL);
    if (memcmp(begins, BOOK_ZIP_BEGINS, strlen(BOOK_ZIP_BEGINS)) == 0
        || memcmp(begins, BOOK_EMPTY_ZIP_BEGINS, strlen(BOOK_EMPTY_ZIP_BEGINS)) == 0)
        return workbook_read_zip(call, file, rows);
    return book_csv_read(call, file, length, rows);
}
