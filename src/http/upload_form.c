#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/text.h"
#include "http/request_parts.h"
#include "http/upload.h"

/* RFC 2046's limit for a boundary. */
#define BOUNDARY_MAX 70

#define PIECE ((size_t)64 * 1024)

/* All of a part's headers; browsers write about 200 bytes. */
#define UPLOAD_FORM_HEAD_MAX 4096

struct form {
    struct call *call;
    const struct upload *upload;
    char mark[BOUNDARY_MAX + 5]; /* "\r\n--boundary" */
    size_t mark_length;
    char *piece; /* PIECE bytes to search in */
    struct upload_part *parts;
    size_t count;
};

/* The end of a parameter's value, which may be quoted. */
static size_t value_length(const char *value)
{
    return *value == '"' ? strcspn(value + 1, "\"") : strcspn(value, "; \t");
}

/* name="value" or name=value behind a semicolon, in the arena; NULL when missing. */
static const char *parameter(struct call *call, const char *text, const char *name)
{
    const size_t length = strlen(name);

    while ((text = strchr(text, ';'))) {
        text += 1 + strspn(text + 1, " \t");

        const size_t key = strcspn(text, "=;");
        const char *value = text + key + (text[key] == '=');
        const size_t quote = *value == '"';

        if (key == length && text[key] == '=' && strncasecmp(text, name, length) == 0)
            return arena_bytes(&call->arena, value + quote, value_length(value));
        text = text[key] == '=' ? value + quote + value_length(value) : text + key;
    }
    return NULL;
}

static bool read_boundary(struct form *form, const char *type)
{
    static const char wanted[] = "multipart/form-data";

    if (!type || strncasecmp(type, wanted, sizeof wanted - 1) != 0)
        return fail_because(form->call, FORM_TYPE);

    const char *boundary = parameter(form->call, type, "boundary");
    const size_t length = boundary ? strlen(boundary) : 0;

    if (!length || length > BOUNDARY_MAX)
        return fail_because(form->call, FORM_BOUNDARY);

    memcpy(form->mark, "\r\n--", 4);
    memcpy(form->mark + 4, boundary, length + 1);
    form->mark_length = length + 4;
    return true;
}

static ssize_t read_at(const struct form *form, char *bytes, size_t room, int64_t at)
{
    const int64_t left = form->upload->length - at;

    if (left <= 0)
        return 0;
    return pread(form->upload->file, bytes, left < (int64_t)room ? (size_t)left : room, at);
}

/* Where the next mark begins at or behind `at`; -1 when there is none. */
static int64_t find_mark(const struct form *form, int64_t at)
{
    ssize_t got;

    while ((got = read_at(form, form->piece, PIECE, at)) >= (ssize_t)form->mark_length) {
        const char *found = memmem(form->piece, (size_t)got, form->mark, form->mark_length);

        if (found)
            return at + (found - form->piece);

        /* A mark may lie across the end of the piece. */
        at += got - (ssize_t)form->mark_length + 1;
    }
    return -1;
}

static const char *base_name(const char *path)
{
    const char *end = path;

    for (; *path; path++)
        if (*path == '/' || *path == '\\')
            end = path + 1;
    return end;
}

static bool read_disposition(struct form *form, struct upload_part *part, const char *value)
{
    const char *filename = parameter(form->call, value, "filename");

    part->name = parameter(form->call, value, "name");
    part->filename = filename ? base_name(filename) : NULL;
    return part->name || fail_because(form->call, FORM_PART_NAME);
}

static bool upload_form_read_line(struct form *form, struct upload_part *part, const char *line)
{
    static const char disposition[] = "Content-Disposition:", type[] = "Content-Type:";

    if (strncasecmp(line, disposition, sizeof disposition - 1) == 0)
        return read_disposition(form, part, line + sizeof disposition - 1);
    if (strncasecmp(line, type, sizeof type - 1) == 0)
        part->type = line + sizeof type - 1 + strspn(line + sizeof type - 1, " \t");
    return true;
}

/* The part's headers begin at `at`; its content begins at part->start. */
static bool read_head(struct form *form, struct upload_part *part, int64_t at)
{
    char *head = arena_alloc(&form->call->arena, UPLOAD_FORM_HEAD_MAX + 1, 1);
    const ssize_t got = read_at(form, head, UPLOAD_FORM_HEAD_MAX, at);
    char *end = got > 0 ? memmem(head, (size_t)got, "\r\n\r\n", 4) : NULL;

    if (!end)
        return fail_because(form->call, FORM_PART_HEADERS);

    part->type = "";
    part->start = at + (end - head) + 4;
    *end = '\0';
    if (!text_is_utf8(head, (size_t)(end - head)))
        return fail_because(form->call, FORM_PART_BYTES);

    for (char *line; (line = strsep(&head, "\n"));) {
        line[strcspn(line, "\r")] = '\0';
        if (!upload_form_read_line(form, part, line))
            return false;
    }
    return part->name || fail_because(form->call, FORM_PART_NAME);
}

static bool read_part(struct form *form, int64_t at, int64_t *mark)
{
    if (form->count == UPLOAD_PARTS_MAX)
        return fail_because(form->call, FORM_PARTS);

    struct upload_part *part = &form->parts[form->count++];

    if (!read_head(form, part, at))
        return false;

    /* An empty part's mark begins with the blank line that ends its headers. */
    *mark = find_mark(form, part->start - 2);
    if (*mark < 0)
        return fail_because(form->call, FORM_END);
    part->length = *mark < part->start ? 0 : *mark - part->start;
    return true;
}

/* Each mark is followed by a part, or by "--" at the end. */
static bool read_parts(struct form *form)
{
    char first[BOUNDARY_MAX + 5], next[2];
    int64_t mark = -2;

    /* The first mark has nothing before it to end. */
    if (read_at(form, first, form->mark_length - 2, 0) != (ssize_t)form->mark_length - 2
        || memcmp(first, form->mark + 2, form->mark_length - 2) != 0)
        return fail_because(form->call, FORM_BEGIN);

    for (;;) {
        const int64_t behind = mark + (int64_t)form->mark_length;

        if (read_at(form, next, 2, behind) != 2)
            return fail_because(form->call, FORM_END);
        if (memcmp(next, "--", 2) == 0)
            return true;
        if (memcmp(next, "\r\n", 2) != 0)
            return fail_because(form->call, FORM_BETWEEN);
        if (!read_part(form, behind + 2, &mark))
            return false;
    }
}

bool request_form(
    struct call *call, const struct request *request, struct upload *upload, struct list *parts)
{
    struct form form = { .call = call, .upload = upload };

    if (!request_upload(call, request, upload)
        || !read_boundary(&form, request->headers[HEADER_CONTENT_TYPE]))
        return false;

    form.piece = arena_alloc(&call->arena, PIECE, 1);
    form.parts = NEW_ARRAY(&call->arena, struct upload_part, UPLOAD_PARTS_MAX);
    if (!read_parts(&form))
        return false;
    *parts = (struct list){ form.parts, form.count };
    return true;
}
