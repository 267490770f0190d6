/* A multipart form: its Content-Type in the first line, the body behind it. */
#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "http/request_parts.h"
#include "http/upload.h"

#define TEXT_MAX 50

/* Parts lie in the upload one behind the other. */
static void check_part(
    struct call *call, const struct upload *upload, const struct upload_part *part, int64_t *end)
{
    const char *text;

    assert(part->start > *end && part->length >= 0);
    *end = part->start + part->length;
    assert(*end <= upload->length);

    assert(fuzz_is_utf8(part->name) && fuzz_is_utf8(part->type));
    if (part->filename)
        assert(fuzz_is_utf8(part->filename) && !strpbrk(part->filename, "/\\"));

    if (upload_text(call, upload, part, TEXT_MAX, &text))
        assert(strlen(text) == (size_t)part->length && part->length <= TEXT_MAX);
    else
        fuzz_check_fault(call);
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    static const struct route route = { .path = "/", .body_max = 8 * MIB };
    struct span rest = { bytes, length };
    struct request request = { .route = &route };
    struct upload upload;
    struct list parts;
    int64_t end = 0;

    request.headers[HEADER_CONTENT_TYPE] = fuzz_line_text(call, &rest);

    /* It comes in pieces, as from a socket. */
    assert(request_take_body(call, &request, rest.bytes, rest.length / 2));
    assert(request_take_body(
        call, &request, rest.bytes + rest.length / 2, rest.length - rest.length / 2));
    if (!request_form(call, &request, &upload, &parts)) {
        fuzz_check_fault(call);
        return;
    }

    assert(upload.length == (int64_t)rest.length && parts.count <= UPLOAD_PARTS_MAX);
    for (size_t i = 0; i < parts.count; i++)
        check_part(call, &upload, (const struct upload_part *)parts.items + i, &end);
}
