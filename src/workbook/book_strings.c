#include "workbook/book_strings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/scratch.h"
#include "workbook/workbook.h"

/* The parser's state. */
struct book_strings_xml {
    struct book_xml xml; /* first: see struct book_xml */
    struct book_strings *strings;
    char text[WORKBOOK_CELL_MAX + 4]; /* of the string that is being read */
    size_t length;
    bool in_text, in_phonetic;
};

struct book_mapping {
    void *bytes;
    size_t length;
};

static void book_strings_unmap(void *mapping)
{
    const struct book_mapping *mapped = mapping;

    munmap(mapped->bytes, mapped->length);
}

static void book_strings_close(void *file)
{
    fclose(file);
}

static bool book_strings_fail(struct call *call)
{
    return fail(call, FAULT_INTERNAL, "a temporary file: %s", strerror(errno));
}

static bool book_strings_open(struct call *call, FILE **file)
{
    int scratch;

    if (!scratch_open(call, &scratch))
        return false;

    const int own = dup(scratch);

    *file = own < 0 ? NULL : fdopen(own, "r+b");
    if (!*file) {
        if (own >= 0)
            close(own);
        return book_strings_fail(call);
    }
    arena_defer(&call->arena, book_strings_close, *file);
    return true;
}

static bool book_strings_map(struct call *call, FILE *file, uint64_t length, const void **mapped)
{
    struct book_mapping *mapping = NEW(&call->arena, struct book_mapping);

    if (fflush(file) != 0)
        return book_strings_fail(call);

    mapping->length = (size_t)length;
    mapping->bytes = mmap(NULL, mapping->length, PROT_READ, MAP_SHARED, fileno(file), 0);
    if (mapping->bytes == MAP_FAILED)
        return book_strings_fail(call);
    arena_defer(&call->arena, book_strings_unmap, mapping);
    *mapped = mapping->bytes;
    return true;
}

static void book_strings_add(struct book_strings_xml *state)
{
    struct book_strings *strings = state->strings;
    const bool is_written =
        fwrite(&strings->length, sizeof strings->length, 1, strings->offsets) == 1
        && fwrite(state->text, 1, state->length, strings->texts) == state->length
        && fputc('\0', strings->texts) != EOF;

    if (!is_written) {
        book_strings_fail(state->xml.call);
        book_xml_stop(&state->xml);
    }
    strings->length += state->length + 1;
    strings->count++;
}

static void book_strings_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct book_strings_xml *state = context;
    const char *local = book_xml_local(name);

    (void)attributes;
    if (strcmp(local, "si") == 0)
        state->length = 0;
    else if (strcmp(local, "rPh") == 0)
        state->in_phonetic = true;
    else if (strcmp(local, "t") == 0)
        state->in_text = !state->in_phonetic;
}

static void book_strings_end(void *context, const XML_Char *name)
{
    struct book_strings_xml *state = context;
    const char *local = book_xml_local(name);

    if (strcmp(local, "si") == 0)
        book_strings_add(state);
    else if (strcmp(local, "rPh") == 0)
        state->in_phonetic = false;
    else if (strcmp(local, "t") == 0)
        state->in_text = false;
}

static void book_strings_text(void *context, const XML_Char *bytes, int length)
{
    struct book_strings_xml *state = context;
    const size_t room = sizeof state->text - state->length;
    const size_t count = (size_t)length < room ? (size_t)length : room;

    if (!state->in_text)
        return;
    memcpy(state->text + state->length, bytes, count);
    state->length += count;
}

bool book_strings_read(
    struct call *call, const struct book_zip *book, const char *name, struct book_strings *strings)
{
    struct book_strings_xml *state = NEW(&call->arena, struct book_strings_xml);
    const void *texts, *offsets;

    *strings = (struct book_strings){ 0 };
    if (!name)
        return true;

    state->xml = (struct book_xml){ book_strings_start, book_strings_end, book_strings_text, state,
        NULL, NULL };
    state->strings = strings;
    if (!book_strings_open(call, &strings->texts) || !book_strings_open(call, &strings->offsets)
        || !book_zip_parse(call, book, name, &state->xml))
        return false;
    if (!strings->count)
        return true;
    if (!book_strings_map(call, strings->texts, strings->length, &texts)
        || !book_strings_map(
            call, strings->offsets, strings->count * sizeof strings->length, &offsets))
        return false;

    strings->mapped_texts = texts;
    strings->mapped_offsets = offsets;
    return true;
}

const char *book_strings_get(const struct book_strings *strings, uint64_t number)
{
    return number < strings->count ? strings->mapped_texts + strings->mapped_offsets[number] : NULL;
}
