#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "base/log.h"
#include "base/text.h"

void fuzz_run(const char *bytes, size_t length)
{
    struct call call = { .address = "" };

    /* A parser that grumbles about each bad input would do little else. */
    log_level_set(LOG_ERROR);
    fuzz(&call, bytes, length);
    arena_free(&call.arena);
}

struct span fuzz_line(struct span *rest)
{
    const char *end = rest->length ? memchr(rest->bytes, '\n', rest->length) : NULL;
    const size_t length = end ? (size_t)(end - rest->bytes) : rest->length;
    const struct span line = { rest->bytes, length };
    const size_t taken = length + (end != NULL);

    rest->bytes += taken;
    rest->length -= taken;
    return line;
}

const char *fuzz_line_text(struct call *call, struct span *rest)
{
    const struct span line = fuzz_line(rest);

    return arena_bytes(&call->arena, line.bytes, line.length);
}

bool fuzz_is_utf8(const char *text)
{
    return text_is_utf8(text, strlen(text));
}

void fuzz_check_fault(const struct call *call)
{
    const struct fault *fault = &call->fault;

    assert(fault->code == FAULT_BAD_INPUT || fault->code == FAULT_BAD_FIELDS
        || fault->code == FAULT_BAD_TYPE);
    assert((fault->code == FAULT_BAD_FIELDS) == (fault->fields != NULL));
    assert(!fault->words.english || fuzz_is_utf8(fault->words.english));

    for (const struct field_error *error = fault->fields; error; error = error->next)
        assert(fuzz_is_utf8(error->field) && fuzz_is_utf8(error->words.english));
}
