#include "workbook/book_zip.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#define BOOK_RATIO_FREE ((uint64_t)1 << 20)
#define BOOK_READ ((size_t)65536)

struct book_zip {
    zip_t *archive;
};

static void book_zip_close(void *archive)
{
    zip_discard(archive);
}

static bool book_damaged(struct call *call, const char *what)
{
    return fail_because(call, FILE_DAMAGED, .what = what);
}

static bool book_entry_is_sane(const zip_stat_t *entry)
{
    const zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;

    if ((entry->valid & wanted) != wanted || entry->size > BOOK_UNPACKED_MAX)
        return false;
    return entry->size <= BOOK_RATIO_FREE || entry->size / BOOK_RATIO_MAX <= entry->comp_size;
}

static bool book_zip_check(struct call *call, const struct book_zip *book)
{
    const zip_int64_t count = zip_get_num_entries(book->archive, 0);
    uint64_t all = 0;

    if (count > BOOK_ENTRIES_MAX)
        return fail_because(call, FILE_UNPACKED_TOO_LARGE);
    for (zip_int64_t i = 0; i < count; i++) {
        zip_stat_t entry;

        if (zip_stat_index(book->archive, (zip_uint64_t)i, 0, &entry) != 0)
            return book_damaged(call, "zip");
        if (!book_entry_is_sane(&entry) || (all += entry.size) > BOOK_UNPACKED_MAX)
            return fail_because(call, FILE_UNPACKED_TOO_LARGE);
        if (entry.valid & ZIP_STAT_ENCRYPTION_METHOD && entry.encryption_method != ZIP_EM_NONE)
            return fail_because(call, FILE_ENCRYPTED);
    }
    return true;
}

/* libzip takes a stdio file, and closes it. */
static zip_source_t *book_zip_source(int file)
{
    const int own = dup(file);
    FILE *stream = own < 0 ? NULL : fdopen(own, "rb");
    zip_error_t ignored;

    if (!stream) {
        if (own >= 0)
            close(own);
        return NULL;
    }

    zip_source_t *source = zip_source_filep_create(stream, 0, -1, &ignored);

    if (!source)
        fclose(stream);
    return source;
}

bool book_zip_open(struct call *call, int file, struct book_zip **book)
{
    zip_source_t *source = book_zip_source(file);
    zip_error_t why;

    if (!source)
        return fail(call, FAULT_INTERNAL, "no zip source");

    *book = NEW(&call->arena, struct book_zip);
    (*book)->archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &why);
    if (!(*book)->archive) {
        zip_source_free(source);
        return book_damaged(call, "zip");
    }
    arena_defer(&call->arena, book_zip_close, (*book)->archive);
    return book_zip_check(call, *book);
}

bool book_zip_has(const struct book_zip *book, const char *name)
{
    return zip_name_locate(book->archive, name, 0) >= 0;
}

size_t book_zip_peek(const struct book_zip *book, const char *name, char *bytes, size_t room)
{
    zip_file_t *entry = zip_fopen(book->archive, name, 0);
    const zip_int64_t count = entry ? zip_fread(entry, bytes, room) : 0;

    if (entry)
        zip_fclose(entry);
    return count > 0 ? (size_t)count : 0;
}

void book_xml_stop(struct book_xml *xml)
{
    XML_StopParser(xml->parser, XML_FALSE);
}

/* No entities, no files from elsewhere: a workbook has no document type. */
static void book_xml_doctype(void *context, const XML_Char *name, const XML_Char *system,
    const XML_Char *public, int has_internal)
{
    struct book_xml *xml = context;

    (void)name, (void)system, (void)public, (void)has_internal;
    book_damaged(xml->call, "DOCTYPE");
    book_xml_stop(xml);
}

static void book_xml_prepare(struct book_xml *xml)
{
    XML_SetUserData(xml->parser, xml->context);
    XML_SetElementHandler(xml->parser, xml->start, xml->end);
    XML_SetCharacterDataHandler(xml->parser, xml->text);
    XML_SetStartDoctypeDeclHandler(xml->parser, book_xml_doctype);
}

/* The end of a damaged entry is an error of zip_fread(): its checksum is wrong. */
static bool book_xml_feed(struct call *call, zip_file_t *entry, struct book_xml *xml)
{
    for (zip_int64_t count = 1; count > 0;) {
        void *buffer = XML_GetBuffer(xml->parser, (int)BOOK_READ);

        if (!buffer)
            return fail(call, FAULT_INTERNAL, "no memory for XML");
        count = zip_fread(entry, buffer, BOOK_READ);
        if (count < 0)
            return book_damaged(call, "zip");
        if (XML_ParseBuffer(xml->parser, (int)count, count == 0) != XML_STATUS_OK)
            return call->fault.code ? false : book_damaged(call, "XML");
    }
    return true;
}

bool book_zip_parse(
    struct call *call, const struct book_zip *book, const char *name, struct book_xml *xml)
{
    zip_file_t *entry = zip_fopen(book->archive, name, 0);

    if (!entry)
        return book_damaged(call, name);

    xml->call = call;
    xml->parser = XML_ParserCreateNS(NULL, '|');

    bool done = xml->parser || fail(call, FAULT_INTERNAL, "no memory for XML");

    if (done) {
        book_xml_prepare(xml);
        done = book_xml_feed(call, entry, xml);
    }
    XML_ParserFree(xml->parser);
    zip_fclose(entry);
    return done;
}

const char *book_xml_local(const char *name)
{
    const char *bar = strrchr(name, '|');

    return bar ? bar + 1 : name;
}

const char *book_xml_attribute(const XML_Char **attributes, const char *local)
{
    for (; *attributes; attributes += 2)
        if (strcmp(book_xml_local(attributes[0]), local) == 0)
            return attributes[1];
    return NULL;
}
