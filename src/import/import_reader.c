#include "import/import_reader.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bag/code.h"
#include "bag/rules.h"
#include "base/text.h"
#include "family/family_match.h"

/* Rows of a batch: when there are as many it ends with the next group. */
#define IMPORT_BATCH_ROWS 500
/* Rows of a group: no parent holds and no bill takes as many. Those above have no head. */
#define IMPORT_GROUP_ROWS 2000
#define IMPORT_ITEMS_MAX (IMPORT_BATCH_ROWS + IMPORT_GROUP_ROWS + 1)

struct import_reader {
    struct import_run *run;
    import_take_fn *take;
    struct list families; /* struct family: codes of parents */
    struct import_layout layout; /* of the present sheet */
    int file;
    const char *sheet; /* name of the present sheet; NULL: none yet */
    int64_t n; /* rows that came */
    struct arena memory; /* of the batch */
    struct import_item items[IMPORT_ITEMS_MAX];
    size_t count;
    size_t group; /* where in `items` the present group begins */
};

static void import_reader_free(void *reader)
{
    arena_free(&((struct import_reader *)reader)->memory);
}

bool import_reader_create(
    struct call *call, struct import_run *run, import_take_fn *take, struct import_reader **reader)
{
    *reader = NEW(&call->arena, struct import_reader);
    (*reader)->run = run;
    (*reader)->take = take;
    arena_defer(&call->arena, import_reader_free, *reader);
    return family_list(call, &(*reader)->families);
}

void import_reader_begin_file(struct import_reader *reader, int file)
{
    reader->file = file;
    reader->sheet = NULL;
}

/* Whether a word is in the text, ignoring case. */
static bool import_says(const char *text, const char *word)
{
    return strcasestr(text, word) != NULL;
}

static bool import_is_parent(const struct import_reader *reader, const char *code)
{
    return family_find_by_code(&reader->families, code) != NULL;
}

/* Of a sheet with one column: a title is no code. */
static bool import_is_plausible(const struct import_reader *reader, const char *code)
{
    return import_is_parent(reader, code)
        || (bag_is_child_code(code) && code[strcspn(code, "0123456789")]);
}

static void import_item_skip(struct import_item *item, enum reason reason)
{
    item->role = IMPORT_ROLE_NONE;
    import_item_end(item, IMPORT_ROW_SKIPPED, (struct words){ .reason = reason });
}

static void import_item_fail(struct import_item *item, struct words why)
{
    item->role = IMPORT_ROLE_NONE;
    import_item_end(item, IMPORT_ROW_ERROR, why);
}

static const char *import_code(struct import_reader *reader, const char *cell)
{
    return bag_code_clean(&reader->memory, cell);
}

/* Children and their parent, or parents and their bill: by the words in the first column, and by
 * the form of the code. */
static void import_read_grouped(
    struct import_reader *reader, struct import_item *item, const struct workbook_row *row)
{
    const bool bills = reader->layout.kind == IMPORT_BILL_BAGS;
    const char *serial = import_layout_cell(&reader->layout, row, IMPORT_SERIAL);
    const char *cell = import_layout_cell(&reader->layout, row, IMPORT_CODE);

    item->code = import_code(reader, cell);
    if (!*item->code && import_is_plausible(reader, import_code(reader, row->cells[0])))
        item->code = import_code(reader, row->cells[0]);
    if (!*item->code || import_says(serial, "total"))
        import_item_skip(item, REASON_IMPORT_NO_CODE);
    else if (bills ? import_says(serial, "bill")
                   : import_says(serial, "parent") || import_is_parent(reader, item->code))
        item->role = IMPORT_ROLE_HEAD;
    else
        item->role = IMPORT_ROLE_MEMBER;

    if (bills && item->role == IMPORT_ROLE_HEAD)
        item->code = text_clean(&reader->memory, cell); /* as bill_code_clean() does */
    item->bag = item->role == IMPORT_ROLE_HEAD ? BAG_KIND_PARENT : BAG_KIND_NONE;
}

static void import_read_bag(
    struct import_reader *reader, struct import_item *item, const struct workbook_row *row)
{
    const char *type = import_layout_cell(&reader->layout, row, IMPORT_TYPE);
    const char *parent = import_layout_cell(&reader->layout, row, IMPORT_PARENT);

    item->role = IMPORT_ROLE_SINGLE;
    item->code = import_code(reader, import_layout_cell(&reader->layout, row, IMPORT_CODE));
    if (strcasecmp(type, "parent") == 0)
        item->bag = BAG_KIND_PARENT;
    else if (strcasecmp(type, "child") == 0)
        item->bag = BAG_KIND_CHILD;
    else if (*type)
        import_item_fail(item, words_say(&reader->memory, WORDS(IMPORT_NO_TYPE, .text = type)));
    if (*parent && item->bag != BAG_KIND_PARENT)
        item->target = import_code(reader, parent);
    if (!*item->code)
        import_item_skip(item, REASON_IMPORT_NO_CODE);
}

static void import_read_bill(
    struct import_reader *reader, struct import_item *item, const struct workbook_row *row)
{
    struct arena *memory = &reader->memory;

    item->role = IMPORT_ROLE_SINGLE;
    item->code = text_clean(memory, import_layout_cell(&reader->layout, row, IMPORT_CODE));
    if (!*item->code)
        import_item_skip(item, REASON_IMPORT_NO_CODE);
}

static void import_keep_cells(
    struct import_reader *reader, struct import_item *item, const struct workbook_row *row)
{
    const struct import_template *template = import_template_of(reader->layout.kind);

    for (size_t i = 0; i < IMPORT_CELLS && template->headings[i]; i++)
        item->cells[i] = arena_text(
            &reader->memory, import_layout_cell(&reader->layout, row, template->columns[i]));
}

static void import_read_row(
    struct import_reader *reader, struct import_item *item, const struct workbook_row *row)
{
    static void (*const reads[IMPORT_KIND_COUNT])(struct import_reader * reader,
        struct import_item * item,
        const struct workbook_row *row) = { [IMPORT_BAGS] = import_read_bag,
        [IMPORT_CHILDREN] = import_read_grouped,
        [IMPORT_BILL_BAGS] = import_read_grouped,
        [IMPORT_BILLS] = import_read_bill };

    if (import_layout_take_headings(&reader->layout, row)) {
        item->code = import_code(reader, row->cells[0]);
        import_item_skip(item, REASON_IMPORT_IS_HEADING);
        return;
    }
    import_keep_cells(reader, item, row);
    reads[reader->layout.kind](reader, item, row);
}

/* Those that wait for a parent or bill which does not come. */
static void import_end_group(struct import_reader *reader)
{
    const char *what = reader->layout.kind == IMPORT_BILL_BAGS ? "bill" : "parent";

    for (size_t i = reader->group; i < reader->count; i++)
        if (reader->items[i].role == IMPORT_ROLE_MEMBER)
            import_item_fail(
                &reader->items[i], words_say(&reader->memory, WORDS(IMPORT_NO_HEAD, .what = what)));
    reader->group = reader->count;
}

static bool import_pass_batch(struct call *call, struct import_reader *reader)
{
    struct import_batch batch = { .items = reader->items, .count = reader->count };

    if (reader->count && !reader->take(call, reader->run, &batch))
        return false;
    reader->count = reader->group = 0;
    arena_end(&reader->memory);
    return true;
}

/* The head's code becomes the target of all rows above it. */
static void import_take_head(struct import_reader *reader)
{
    const struct import_item *head = &reader->items[reader->count - 1];

    for (size_t i = reader->group; i < reader->count; i++)
        if (reader->items[i].role == IMPORT_ROLE_MEMBER)
            reader->items[i].target = head->code;
    reader->group = reader->count;
}

static bool import_has_group(const struct import_reader *reader)
{
    for (size_t i = reader->group; i < reader->count; i++)
        if (reader->items[i].role == IMPORT_ROLE_MEMBER)
            return true;
    return false;
}

static bool import_end_item(struct call *call, struct import_reader *reader)
{
    if (reader->items[reader->count - 1].role == IMPORT_ROLE_HEAD)
        import_take_head(reader);
    else if (reader->count - reader->group >= IMPORT_GROUP_ROWS)
        import_end_group(reader);
    else if (import_has_group(reader))
        return true;
    else
        reader->group = reader->count;
    return reader->count < IMPORT_BATCH_ROWS || import_pass_batch(call, reader);
}

/* A group ends with its sheet. */
static void import_begin_sheet(struct call *call, struct import_reader *reader, const char *sheet)
{
    import_end_group(reader);
    reader->sheet = arena_text(&call->arena, sheet);
    import_layout_reset(&reader->layout, reader->run->state.kind);
}

bool import_reader_take(struct call *call, void *context, const struct workbook_row *row)
{
    struct import_reader *reader = context;

    if (!reader->sheet || strcmp(reader->sheet, row->sheet) != 0)
        import_begin_sheet(call, reader, row->sheet);
    if (!row->count)
        return true;

    struct import_item *item = &reader->items[reader->count];

    *item = (struct import_item){ .n = ++reader->n,
        .file = reader->file,
        .sheet = reader->sheet,
        .row = row->number,
        .code = "" };
    import_read_row(reader, item, row);
    if (reader->n <= reader->run->state.done) {
        arena_end(&reader->memory); /* it was done before the job was interrupted */
        return true;
    }
    reader->count++;
    return import_end_item(call, reader);
}

bool import_reader_end(struct call *call, struct import_reader *reader)
{
    import_end_group(reader);
    return import_pass_batch(call, reader);
}
