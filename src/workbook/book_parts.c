#include "workbook/book_parts.h"

#include <string.h>

#include "base/text.h"

/* Relations of one part to others: at most this many are kept. */
#define BOOK_RELATIONS_MAX (BOOK_SHEETS_MAX + 100)

struct book_relation {
    const char *id, *type, *target; /* type: the last word of its URI, such as "worksheet" */
};

/* The parser's state for both kinds of files. */
struct book_parts_xml {
    struct book_xml xml; /* first: see struct book_xml */
    struct book_parts *parts;
    const char *sheet_ids[BOOK_SHEETS_MAX]; /* the relation of each sheet */
    struct book_relation relations[BOOK_RELATIONS_MAX];
    size_t relations_count;
};

static const char *book_parts_copy(struct book_parts_xml *state, const char *text)
{
    return arena_text(&state->xml.call->arena, text ? text : "");
}

static void book_parts_relation(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct book_parts_xml *state = context;

    if (strcmp(book_xml_local(name), "Relationship") != 0
        || state->relations_count == BOOK_RELATIONS_MAX)
        return;

    const char *type = book_parts_copy(state, book_xml_attribute(attributes, "Type"));
    const char *slash = strrchr(type, '/');

    state->relations[state->relations_count++] = (struct book_relation){
        .id = book_parts_copy(state, book_xml_attribute(attributes, "Id")),
        .type = slash ? slash + 1 : type,
        .target = book_parts_copy(state, book_xml_attribute(attributes, "Target")),
    };
}

/* Of an attribute that says yes: "1" or "true". */
static bool book_is_true(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

/* The sheet's own number, sheetId, has the local name "sheetId"; the relation's is "id". */
static void book_parts_sheet(struct book_parts_xml *state, const XML_Char **attributes)
{
    struct book_parts *parts = state->parts;
    const char *shown = book_xml_attribute(attributes, "state");

    if (parts->count == BOOK_SHEETS_MAX) {
        fail_because(state->xml.call, FILE_UNPACKED_TOO_LARGE);
        book_xml_stop(&state->xml);
        return;
    }
    state->sheet_ids[parts->count] = book_parts_copy(state, book_xml_attribute(attributes, "id"));
    parts->sheets[parts->count++] = (struct book_sheet_part){
        .name = book_parts_copy(state, book_xml_attribute(attributes, "name")),
        .hidden = shown && strcmp(shown, "visible") != 0,
    };
}

static void book_parts_book(void *context, const XML_Char *name, const XML_Char **attributes)
{
    struct book_parts_xml *state = context;
    const char *local = book_xml_local(name);

    if (strcmp(local, "sheet") == 0)
        book_parts_sheet(state, attributes);
    else if (strcmp(local, "workbookPr") == 0)
        state->parts->from_1904 = book_is_true(book_xml_attribute(attributes, "date1904"));
}

static bool book_parts_parse(
    struct call *call, const struct book_zip *book, const char *name, struct book_parts_xml *state)
{
    state->relations_count = 0;
    state->xml = (struct book_xml){ book_parts_relation, NULL, NULL, state, NULL, NULL };
    return book_zip_parse(call, book, name, &state->xml);
}

/* The name in the archive of a target that is relative to `folder` ("xl/"), or begins with "/". */
static const char *book_parts_path(struct call *call, const char *folder, const char *target)
{
    if (*target == '/')
        return target + 1;
    while (text_starts_with(target, "./"))
        target += 2;
    return arena_format(&call->arena, "%s%s", folder, target);
}

static const struct book_relation *book_parts_find_id(
    const struct book_parts_xml *state, const char *id)
{
    for (size_t i = 0; i < state->relations_count; i++)
        if (strcmp(state->relations[i].id, id) == 0)
            return &state->relations[i];
    return NULL;
}

static const char *book_parts_find_type(
    struct call *call, const struct book_parts_xml *state, const char *folder, const char *type)
{
    for (size_t i = 0; i < state->relations_count; i++)
        if (strcmp(state->relations[i].type, type) == 0)
            return book_parts_path(call, folder, state->relations[i].target);
    return NULL;
}

static void book_parts_set_files(
    struct call *call, struct book_parts_xml *state, const char *folder)
{
    struct book_parts *parts = state->parts;

    parts->strings = book_parts_find_type(call, state, folder, "sharedStrings");
    parts->styles = book_parts_find_type(call, state, folder, "styles");
    for (size_t i = 0; i < parts->count; i++) {
        const struct book_relation *relation = book_parts_find_id(state, state->sheet_ids[i]);

        if (relation && strcmp(relation->type, "worksheet") == 0)
            parts->sheets[i].file = book_parts_path(call, folder, relation->target);
    }
}

/* "xl/_rels/workbook.xml.rels" of "xl/workbook.xml". */
static const char *book_parts_relations_of(struct call *call, const char *folder, const char *path)
{
    return arena_format(&call->arena, "%s_rels/%s.rels", folder, path + strlen(folder));
}

bool book_parts_find(struct call *call, const struct book_zip *book, struct book_parts *parts)
{
    struct book_parts_xml *state = NEW(&call->arena, struct book_parts_xml);

    state->parts = parts;
    if (!book_zip_has(book, "_rels/.rels"))
        return fail_because(call, FILE_NO_WORKBOOK);
    if (!book_parts_parse(call, book, "_rels/.rels", state))
        return false;

    const char *path = book_parts_find_type(call, state, "", "officeDocument");
    const char *slash = path ? strrchr(path, '/') : NULL;
    const char *folder = slash ? arena_bytes(&call->arena, path, (size_t)(slash + 1 - path)) : "";

    if (!path || !book_zip_has(book, path) || !text_ends_with(path, ".xml"))
        return fail_because(call, FILE_NO_WORKBOOK);
    state->xml = (struct book_xml){ book_parts_book, NULL, NULL, state, NULL, NULL };
    if (!book_zip_parse(call, book, path, &state->xml)
        || !book_parts_parse(call, book, book_parts_relations_of(call, folder, path), state))
        return false;
    if (!parts->count)
        return fail_because(call, FILE_NO_WORKBOOK);

    book_parts_set_files(call, state, folder);
    return true;
}
