#include "http/upload.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "http/request_parts.h"

static const char *folder = "/tmp";

void upload_folder_set(const char *path)
{
    folder = path ? path : "/tmp";
}

static void close_file(void *file)
{
    close((int)(intptr_t)file);
}

/* A file without a name: whatever happens, nothing is left behind. */
static int open_nameless(void)
{
    const int file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    char name[4096];

    if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
        return file;

    snprintf(name, sizeof name, "%s/upload-XXXXXX", folder);
    const int named = mkostemp(name, O_CLOEXEC);

    if (named >= 0)
        unlink(name);
    return named;
}

static bool begin_file(struct call *call, struct request *request)
{
    const int file = open_nameless();

    if (file < 0)
        return fail(call, FAULT_INTERNAL, "no temporary file in %s: %s", folder, strerror(errno));

    arena_defer(&call->arena, close_file, (void *)(intptr_t)file);
    request->file = file;
    request->spooled = true;
    return true;
}

bool upload_take_body(struct call *call, struct request *request, const char *bytes, size_t length)
{
    if (!request->spooled && !begin_file(call, request))
        return false;

    while (length) {
        const ssize_t wrote = write(request->file, bytes, length);

        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return fail(call, FAULT_INTERNAL, "can't keep an upload: %s", strerror(errno));
        bytes += wrote;
        length -= (size_t)wrote;
        request->length += (size_t)wrote;
    }
    return true;
}

bool request_upload(struct call *call, const struct request *request, struct upload *upload)
{
    if (!request->spooled)
        return fail_telling(call, FAULT_BAD_INPUT, "There is no body.");

    *upload = (struct upload){ request->file, (int64_t)request->length };
    return true;
}

bool upload_text(struct call *call, const struct upload *upload, const struct upload_part *part,
    size_t max, const char **text)
{
    if (part->length > (int64_t)max)
        return fail_field(call, part->name, "must be at most %zu characters", max);

    const size_t length = (size_t)part->length;
    char *bytes = arena_alloc(&call->arena, length + 1, 1);

    if (pread(upload->file, bytes, length, part->start) != (ssize_t)length)
        return fail(call, FAULT_INTERNAL, "can't read an upload: %s", strerror(errno));
    if (!text_is_utf8(bytes, length))
        return fail_field(call, part->name, "must be text");
    *text = bytes;
    return true;
}
