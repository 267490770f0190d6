#include "bill/bill_check.h"

#include <string.h>

#include "base/text.h"

#define CODE_MIN 3
#define BILL_CHECK_CAPACITY_MAX 500
#define DESCRIPTION_MAX 2000
#define REASON_MAX 500

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

bool bill_check_capacity(struct call *call, int64_t capacity)
{
    return (capacity >= 1 && capacity <= BILL_CHECK_CAPACITY_MAX)
        || fail_field(call, "capacity", OUT_OF_RANGE, .least = 1, .most = BILL_CHECK_CAPACITY_MAX);
}

bool bill_check_description(struct call *call, const char *description)
{
    return text_length(description) <= DESCRIPTION_MAX
        || fail_field(call, "description", TOO_LONG, .most = DESCRIPTION_MAX);
}

bool bill_check_reason(struct call *call, const char *reason)
{
    if (!reason || is_blank(reason))
        return fail_field(call, "reason", UNSAID);
    return text_length(reason) <= REASON_MAX
        || fail_field(call, "reason", TOO_LONG, .most = REASON_MAX);
}

static bool check_code(struct call *call, const char *code)
{
    const size_t length = text_length(code);

    return (length >= CODE_MIN && length <= BILL_CODE_MAX)
        || fail_field(call, "code", BAD_LENGTH, .least = CODE_MIN, .most = BILL_CODE_MAX);
}

bool bill_check_draft(struct call *call, const struct bill_draft *draft)
{
    const bool code = check_code(call, draft->code);
    const bool capacity = bill_check_capacity(call, draft->capacity);

    return bill_check_description(call, draft->description) && code && capacity;
}
