/* One XML file of a workbook that is whole otherwise; the first byte says which one. */
#include <assert.h>
#include <unistd.h>
#include <zip.h>

#include "base/scratch.h"
#include "base/text.h"
#include "fuzz.h"
#include "fuzz_rows.h"

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATION(id, type, target)                                                                 \
    "<Relationship Id=\"" id "\" Type=\"" OFFICE "/" type "\" Target=\"" target "\"/>"

struct part {
    const char *name, *content;
};

static const struct part parts[] = {
    { "xl/worksheets/sheet1.xml",
        "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData>"
        "</worksheet>" },
    { "xl/sharedStrings.xml", "<sst><si><t>A</t></si></sst>" },
    { "xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>" },
    { "xl/workbook.xml",
        "<workbook xmlns:r=\"" OFFICE "\"><sheets><sheet name=\"S\" sheetId=\"1\" "
        "r:id=\"s\"/></sheets></workbook>" },
    { "xl/_rels/workbook.xml.rels",
        "<Relationships>" RELATION("s", "worksheet", "worksheets/sheet1.xml")
            RELATION("t", "sharedStrings", "sharedStrings.xml")
                RELATION("y", "styles", "styles.xml") "</Relationships>" },
    { "_rels/.rels",
        "<Relationships>" RELATION("b", "officeDocument", "xl/workbook.xml") "</Relationships>" },
};

static void add_part(zip_t *zip, const char *name, const char *bytes, size_t length)
{
    zip_source_t *source = zip_source_buffer(zip, bytes, length, 0);
    const zip_int64_t index = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);

    assert(source && index >= 0);
    assert(zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0);
}

/* The archive as bytes in a source of libzip, which the caller frees. */
static zip_source_t *make_archive(size_t chosen, const char *bytes, size_t length)
{
    zip_error_t why;
    zip_source_t *archive = zip_source_buffer_create(NULL, 0, 0, &why);
    zip_t *zip = zip_open_from_source(archive, ZIP_TRUNCATE, &why);

    assert(archive && zip);
    zip_source_keep(archive);
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (i == chosen)
            add_part(zip, parts[i].name, bytes, length);
        else
            add_part(zip, parts[i].name, parts[i].content, strlen(parts[i].content));
    assert(zip_close(zip) == 0);
    return archive;
}

static int64_t write_archive(zip_source_t *archive, int file)
{
    char bytes[4096];
    int64_t length = 0;
    zip_int64_t count;

    assert(zip_source_open(archive) == 0);
    while ((count = zip_source_read(archive, bytes, sizeof bytes)) > 0) {
        assert(pwrite(file, bytes, (size_t)count, (off_t)length) == count);
        length += count;
    }
    zip_source_close(archive);
    zip_source_free(archive);
    return length;
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    int file;

    if (!length)
        return;
    assert(scratch_open(call, &file));
    fuzz_read_rows(call, file,
        write_archive(
            make_archive((unsigned char)*bytes % COUNT_OF(parts), bytes + 1, length - 1), file));
}
