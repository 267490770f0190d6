#include "import/import_http.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "http/upload.h"
#include "import/import.h"
#include "import/import_result.h"

struct import_answer {
    int64_t id;
};

static const struct field import_answer_fields[] = { FIELD(struct import_answer, id) };
static const struct shape import_answer_shape = SHAPE(struct import_answer, import_answer_fields);

#define IMPORT_AREA_MAX 200

/* The form's files, and its field `area`. */
static bool import_read_form(
    struct call *call, const struct request *request, struct import_order *order)
{
    struct upload upload;
    struct list parts;

    if (!request_form(call, request, &upload, &parts))
        return false;

    const struct upload_part *part = parts.items;
    struct import_file *files = NEW_ARRAY(&call->arena, struct import_file, parts.count + 1);

    order->files = files;
    for (size_t i = 0; i < parts.count; i++)
        if (part[i].filename && strcmp(part[i].name, "file") == 0)
            files[order->files_count++] = (struct import_file){ part[i].filename, upload.file,
                part[i].start, part[i].length };
        else if (strcmp(part[i].name, "area") == 0
            && !upload_text(call, &upload, &part[i], IMPORT_AREA_MAX, &order->area))
            return false;
    return true;
}

static bool import_post(
    struct call *call, const struct request *request, enum import_kind kind, struct reply *reply)
{
    const char *dry = request_query(request, "dry_run");
    struct import_order order = { .kind = kind, .dry_run = dry && strcmp(dry, "1") == 0 };
    struct import_answer answer;

    if (!import_read_form(call, request, &order) || !import_start(call, &order, &answer.id))
        return false;

    const char *location = arena_format(&call->arena, "/api/imports/%lld", (long long)answer.id);

    return reply_header(call, reply, "Location", location)
        && reply_record(call, reply, 202, &import_answer_shape, &answer);
}

bool post_import_bags(struct call *call, const struct request *request, struct reply *reply)
{
    return import_post(call, request, IMPORT_BAGS, reply);
}

bool post_import_children(struct call *call, const struct request *request, struct reply *reply)
{
    return import_post(call, request, IMPORT_CHILDREN, reply);
}

bool post_import_bill_bags(struct call *call, const struct request *request, struct reply *reply)
{
    return import_post(call, request, IMPORT_BILL_BAGS, reply);
}

bool post_import_bills(struct call *call, const struct request *request, struct reply *reply)
{
    return import_post(call, request, IMPORT_BILLS, reply);
}

bool get_import(struct call *call, const struct request *request, struct reply *reply)
{
    struct import import;
    int64_t id;

    return request_path_id(call, request, &id) && import_find(call, id, &import)
        && reply_record(call, reply, 200, &import_shape, &import);
}

/* The server closes the file that it sends. */
static bool import_reply(struct call *call, struct reply *reply, const char *name, int64_t id,
    const struct import_result *result)
{
    const int file = dup(result->file);
    const char *disposition =
        arena_format(&call->arena, "attachment; filename=\"%s-%lld.xlsx\"", name, (long long)id);

    if (file < 0)
        return fail(call, FAULT_INTERNAL, "an import's result: %s", strerror(errno));
    return reply_file(reply, 200, result->type, file, result->length)
        && reply_header(call, reply, "Content-Disposition", disposition);
}

bool get_import_result(struct call *call, const struct request *request, struct reply *reply)
{
    struct import_result result;
    int64_t id;

    return request_path_id(call, request, &id) && import_result_write(call, id, &result)
        && import_reply(call, reply, "import", id, &result);
}

bool get_import_refused(struct call *call, const struct request *request, struct reply *reply)
{
    struct import_result result;
    int64_t id;

    return request_path_id(call, request, &id) && import_failed_write(call, id, &result)
        && import_reply(call, reply, "refused", id, &result);
}

bool post_import_cancel(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t id;

    return request_path_id(call, request, &id) && import_cancel(call, id) && reply_empty(reply);
}
