#include "export/export_http.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "export/export.h"

static const struct sheet_form *const forms[] = { &sheet_csv, &sheet_xlsx };

struct asked {
    const struct export *export;
    const struct sheet_form *form;
};

/* What "audit.csv" is. */
static bool find(struct call *call, const char *file, struct asked *asked)
{
    for (int i = 0; i < exports_count; i++)
        for (size_t j = 0; j < COUNT_OF(forms); j++) {
            const char *name =
                arena_format(&call->arena, "%s.%s", exports[i]->name, forms[j]->ending);

            if (strcmp(name, file) == 0) {
                *asked = (struct asked){ exports[i], forms[j] };
                return true;
            }
        }
    return fail(call, FAULT_NOT_FOUND, "no such export");
}

/* The server closes the file that it sends. */
static bool reply_written(struct call *call, struct reply *reply, const struct export_file *written,
    const struct sheet_form *form)
{
    const int file = dup(written->file);

    return (file >= 0 || sheet_fail(call, strerror(errno)))
        && reply_file(reply, 200, form->type, file, written->length);
}

bool get_export(struct call *call, const struct request *request, struct reply *reply)
{
    struct asked asked = { 0 };
    struct export_file written;

    if (!find(call, request_path(request, "file"), &asked)
        || !export_write(call, asked.export, asked.form, request, &written))
        return false;

    const char *disposition = arena_format(&call->arena, "attachment; filename=\"%s-%s.%s\"",
        asked.export->name, written.day, asked.form->ending);

    return reply_header(call, reply, "Content-Disposition", disposition)
        && reply_written(call, reply, &written, asked.form);
}
