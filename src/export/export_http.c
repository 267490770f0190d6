#include "export/export_http.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "export/export.h"

static const char *export_value(const void *request, const struct listing_filter *filter)
{
    return request_query(request, filter->name);
}

static bool export_knows(const void *listing, const char *name)
{
    return listing_has_filter(listing, name);
}

/* What "audit.csv" is. */
static bool export_order_find(struct call *call, const char *file, struct export_order *order)
{
    const size_t length = strcspn(file, ".");

    order->listing = export_find(arena_bytes(&call->arena, file, length));
    for (size_t i = 0; order->listing && file[length] && i < export_formats_count; i++)
        if (strcmp(export_formats[i]->extension, file + length + 1) == 0) {
            order->format = export_formats[i];
            return true;
        }
    return fail(call, FAULT_NOT_FOUND, "no such export");
}

/* The server closes the file that it sends. */
static bool reply_written(struct call *call, struct reply *reply, const struct export_file *written,
    const struct sheet_format *format)
{
    const int file = dup(written->file);

    return (file >= 0 || sheet_fail(call, strerror(errno)))
        && reply_file(reply, 200, format->type, file, written->length);
}

bool get_export(struct call *call, const struct request *request, struct reply *reply)
{
    struct export_order order = { .source = { export_value, request } };
    struct export_file written;

    if (!export_order_find(call, request_path(request, "file"), &order)
        || !request_queries_known(call, request, export_knows, order.listing)
        || !export_write(call, &order, &written))
        return false;

    const char *disposition = arena_format(&call->arena, "attachment; filename=\"%s-%s.%s\"",
        order.listing->name, written.day, order.format->extension);

    return reply_header(call, reply, "Content-Disposition", disposition)
        && reply_written(call, reply, &written, order.format);
}
