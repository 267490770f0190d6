#include "http/upload.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/scratch.h"
#include "base/text.h"
#include "http/request_parts.h"

bool upload_take_body(struct call *call, struct request *request, const char *bytes, size_t length)
{
    if (!request->spooled && !scratch_open(call, &request->file))
        return false;

    request->spooled = true;
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
        return fail_because(call, BODY_MISSING);

    *upload = (struct upload){ request->file, (int64_t)request->length };
    return true;
}

bool upload_text(struct call *call, const struct upload *upload, const struct upload_part *part,
    size_t max, const char **text)
{
    if (part->length > (int64_t)max)
        return fail_field(call, part->name, TOO_LONG, .most = (int64_t)max);

    const size_t length = (size_t)part->length;
    char *bytes = arena_alloc(&call->arena, length + 1, 1);

    if (pread(upload->file, bytes, length, part->start) != (ssize_t)length)
        return fail(call, FAULT_INTERNAL, "can't read an upload: %s", strerror(errno));
    if (!text_is_utf8(bytes, length))
        return fail_field(call, part->name, NOT_TEXT);
    *text = bytes;
    return true;
}
