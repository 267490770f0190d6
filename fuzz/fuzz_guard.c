/*
 * Header rules: the version in the first line, a header in each other one. What passes must mean
 * the same to a proxy that is sloppier than we are.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "fuzz.h"
#include "http/guard.h"

/* What a sloppy reader makes of the same headers. */
struct sloppy {
    int lengths, codings, hosts;
    const char *length, *coding;
};

static bool is_blank(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7f;
}

/* Blanks and control characters around a name are overlooked. */
static bool is_about(struct span name, const char *wanted)
{
    while (name.length && is_blank(name.bytes[name.length - 1]))
        name.length--;
    while (name.length && is_blank(*name.bytes))
        name.bytes++, name.length--;
    return name.length == strlen(wanted) && strncasecmp(name.bytes, wanted, name.length) == 0;
}

static void look(struct call *call, struct sloppy *sloppy, struct span name, struct span value)
{
    const char *text = arena_bytes(&call->arena, value.bytes, value.length);

    if (is_about(name, "Content-Length")) {
        sloppy->lengths++;
        sloppy->length = text;
    } else if (is_about(name, "Transfer-Encoding")) {
        sloppy->codings++;
        sloppy->coding = text;
    } else if (is_about(name, "Host")) {
        sloppy->hosts++;
    }
}

static void check_passed(
    const struct guard *guard, const struct sloppy *sloppy, const char *version)
{
    assert(sloppy->lengths <= 1 && sloppy->codings <= 1 && sloppy->hosts <= 1);
    assert(!sloppy->lengths || !sloppy->codings);
    assert(guard->chunked == (sloppy->codings == 1));

    if (sloppy->lengths) {
        assert(strspn(sloppy->length, "0123456789") == strlen(sloppy->length));
        assert(*sloppy->length && guard->content_length == strtoull(sloppy->length, NULL, 10));
    } else {
        assert(guard->content_length == 0);
    }
    if (sloppy->codings)
        assert(strcasecmp(sloppy->coding, "chunked") == 0 && strcmp(version, "HTTP/1.1") == 0);
    assert(guard_expects_body(guard) == (sloppy->codings || guard->content_length));
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    struct span rest = { bytes, length };
    const char *version = fuzz_line_text(call, &rest);
    struct guard guard = { 0 };
    struct sloppy sloppy = { 0 };
    const char *before = guard_problem(&guard, version);

    while (rest.length) {
        const struct span line = fuzz_line(&rest);
        const char *colon = line.length ? memchr(line.bytes, ':', line.length) : NULL;
        const struct span name = { line.bytes, colon ? (size_t)(colon - line.bytes) : line.length };
        const size_t skip = name.length + (colon != NULL);
        const struct span value = { line.bytes + skip, line.length - skip };

        guard_add_header(&guard, name.bytes, name.length, value.bytes, value.length);
        look(call, &sloppy, name, value);

        /* Nothing that follows makes up for a bad header. */
        const char *verdict = guard_problem(&guard, version);

        assert(!before || verdict);
        before = verdict;
    }
    if (!before)
        check_passed(&guard, &sloppy, version);
}
