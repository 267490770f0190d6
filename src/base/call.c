#include "base/call.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

struct fault_row {
    const char *slug;
    int http, exit;
    const char *title;
};

static const struct fault_row call_rows[FAULT_COUNT] = {
    [FAULT_NONE] = { "none", 200, 0, "" },
#define FAULT(code, slug, http, exit, title) [code] = { slug, http, exit, title },
#include "base/fault.def"
#undef FAULT
};

static const char *const fault_slugs[] = {
    NULL,
#define FAULT(code, slug, http, exit, title) slug,
#include "base/fault.def"
#undef FAULT
};

const struct word_set fault_set = WORD_SET(problem, fault_slugs);

PRINTF(3, 0)
static void record(struct call *call, enum fault_code code, const char *format, va_list args)
{
    assert(code > FAULT_NONE && code < FAULT_COUNT);
    call->fault.code = code;
    call->fault.words = (struct words){ .reason = REASON_NONE };
    call->fault.retry_seconds = 0;
    call->fault.keep = false;
    vsnprintf(call->fault.detail, sizeof call->fault.detail, format, args);
    text_drop_partial_character(call->fault.detail);
}

bool fail(struct call *call, enum fault_code code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    record(call, code, format, args);
    va_end(args);
    return false;
}

bool fail_with_words(struct call *call, enum reason reason, const void *params)
{
    const struct words words = words_say(&call->arena, reason, params);

    (void)fail(call, (enum fault_code)words_reason(reason)->fault, "%s", words.english);
    call->fault.words = words;
    return false;
}

bool fail_field_with_words(
    struct call *call, const char *field, enum reason reason, const void *params)
{
    struct field_error *error = NEW(&call->arena, struct field_error);
    struct field_error **end = &call->fault.fields;

    assert(words_reason(reason)->fault == FAULT_BAD_FIELDS);
    error->field = arena_text(&call->arena, field);
    error->words = words_say(&call->arena, reason, params);

    while (*end)
        end = &(*end)->next;

    *end = error;
    return fail(call, FAULT_BAD_FIELDS, "%s: %s", error->field, error->words.english);
}

bool fail_keeping(struct call *call)
{
    assert(call->fault.code != FAULT_NONE);
    call->fault.keep = true;
    return false;
}

struct field_error *fail_take_fields(struct call *call)
{
    struct field_error *fields = call->fault.fields;

    fail_clear(call);
    return fields;
}

void fail_clear(struct call *call)
{
    call->fault = (struct fault){ .code = FAULT_NONE };
}

int fault_http_status(enum fault_code code)
{
    return call_rows[code].http;
}

int fault_exit_status(enum fault_code code)
{
    return call_rows[code].exit;
}

const char *fault_slug(enum fault_code code)
{
    return call_rows[code].slug;
}

const char *fault_title(enum fault_code code)
{
    return call_rows[code].title;
}
