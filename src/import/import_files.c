#include "import/import_files.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/scratch.h"
#include "db/db.h"
#include "db/db_copy.h"
#include "import/import.sql.h"

static const struct field import_stored_file_fields[] = {
    FIELD(struct import_stored_file, n),
    FIELD(struct import_stored_file, name),
    FIELD(struct import_stored_file, length),
};

static const struct shape import_stored_file_shape =
    SHAPE(struct import_stored_file, import_stored_file_fields);

static int import_digit(char digit)
{
    return digit <= '9' ? digit - '0' : digit - 'a' + 10;
}

/* Into the same memory. */
static size_t import_unhex(char *hex)
{
    size_t length = 0;

    for (const char *at = hex; at[0] && at[1]; at += 2)
        hex[length++] = (char)(import_digit(at[0]) << 4 | import_digit(at[1]));
    return length;
}

static bool import_fetch_piece(struct call *call, const struct import_stored_file *file, int64_t id,
    int64_t piece, int64_t *at)
{
    const char *hex;

    if (!db_value_text(call, IMPORT_PIECE_READ(.id = id, .file = file->n, .n = piece), &hex))
        return false;

    char *bytes = arena_text(&call->arena, hex);
    const size_t length = import_unhex(bytes);

    if (pwrite(file->file, bytes, length, (off_t)*at) != (ssize_t)length)
        return fail(call, FAULT_INTERNAL, "a temporary file: %s", strerror(errno));
    *at += (int64_t)length;
    return true;
}

/* Each piece in memory of its own. */
static bool import_fetch(struct call *call, const struct import_stored_file *file, int64_t id)
{
    struct arena kept = call->arena;
    int64_t at = 0;
    bool done = true;

    call->arena = (struct arena){ 0 };
    for (int64_t piece = 0; done && at < file->length; piece++) {
        done = import_fetch_piece(call, file, id, piece, &at);
        if (done)
            arena_end(&call->arena);
    }
    arena_take(&kept, &call->arena);
    call->arena = kept;
    return done;
}

bool import_files_open(struct call *call, int64_t id, struct import_stored_files *files)
{
    struct list rows;

    if (!db_rows(call, IMPORT_FILE_LIST(.id = id), &import_stored_file_shape, &rows))
        return false;

    *files = (struct import_stored_files){ rows.items, rows.count };
    for (size_t i = 0; i < files->count; i++)
        if (!scratch_open(call, &files->items[i].file) || !import_fetch(call, &files->items[i], id))
            return false;
    return true;
}

static void import_write_row(
    struct db_copy *copy, int64_t org_id, int64_t id, const struct import_item *item)
{
    db_copy_row(copy);
    db_copy_i64(copy, org_id);
    db_copy_i64(copy, id);
    db_copy_i64(copy, item->n);
    db_copy_i16(copy, item->file);
    db_copy_text(copy, item->sheet);
    db_copy_i64(copy, item->row);
    db_copy_text(copy, item->code);
    db_copy_text(copy, item->target);
    db_copy_text(copy, word_set_word(&import_outcome_set, item->outcome));
    db_copy_text(copy, item->why.reason ? words_reason(item->why.reason)->key : NULL);
    db_copy_text(copy, item->why.params);
    for (size_t i = 0; i < IMPORT_CELLS; i++)
        db_copy_text(copy, item->outcome == IMPORT_ROW_ERROR ? item->cells[i] : NULL);
}

bool import_files_write_rows(struct call *call, int64_t id, const struct import_batch *batch)
{
    struct db_copy *copy;

    if (!db_copy_begin(call,
            "import_row (org_id, import_id, n, file, sheet, row, code, target, outcome, reason, "
            "params, first, second, third)",
            14, &copy))
        return false;
    for (size_t i = 0; i < batch->count; i++)
        import_write_row(copy, call->org_id, id, &batch->items[i]);
    return db_copy_end(copy);
}
