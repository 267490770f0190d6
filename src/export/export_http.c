#include "export/export_http.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "export/export.h"

static const struct sheet_format *const forms[] = { &sheet_csv, &sheet_xlsx };

struct export_request {
    const struct export *export;
    const struct sheet_format *format;
};

/* What "audit.csv" is. */
static bool export_find(struct call *call, const char *file, struct export_request *wanted)
{
    for (int i = 0; i < exports_count; i++)
        for (size_t j = 0; j < COUNT_OF(forms); j++) {
            const char *name =
                arena_format(&call->arena, "%s.%s", exports[i]->name, forms[j]->extension);

            if (strcmp(name, file) == 0) {
                *wanted = (struct export_request){ exports[i], forms[j] };
                return true;
            }
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
    struct export_request wanted = { 0 };
    struct export_file written;

    if (!export_find(call, request_path(request, "file"), &wanted)
        || !export_write(call, wanted.export, wanted.format, request, &written))
        return false;

    const char *disposition = arena_format(&call->arena, "attachment; filename=\"%s-%s.%s\"",
        wanted.export->name, written.day, wanted.format->extension);

    return reply_header(call, reply, "Content-Disposition", disposition)
        && reply_written(call, reply, &written, wanted.format);
}
