#include "cmd/flags.h"

#include <string.h>

/* Its place in the table, or that of the table's end. */
static size_t flags_find(const struct flag *flags, const char *word)
{
    size_t i = 0;

    while (flags[i].name && strcmp(flags[i].name, word) != 0)
        i++;
    return i;
}

bool flags_take(
    struct call *call, const struct flag *flags, struct arguments *arguments, const char **values)
{
    char **left = NEW_ARRAY(&call->arena, char *, (size_t)arguments->count + 1);
    int count = 0;

    memset(values, 0, flags_find(flags, "") * sizeof *values);
    for (int i = 0; i < arguments->count; i++) {
        const size_t found = flags_find(flags, arguments->items[i]);
        const bool own = flags[found].name != NULL;

        if (own && !flags[found].value) {
            values[found] = "";
        } else if (own) {
            if (++i == arguments->count)
                return fail(call, FAULT_CONFIG, "%s: a value is missing", arguments->items[i - 1]);
            values[found] = arguments->items[i];
        } else {
            /* A setting; its value is no flag, whatever it looks like. */
            left[count++] = arguments->items[i++];
            if (i < arguments->count)
                left[count++] = arguments->items[i];
        }
    }
    *arguments = (struct arguments){ count, left };
    return true;
}

bool flags_check_end(struct call *call, const struct arguments *arguments)
{
    return arguments->count == 0
        || fail(call, FAULT_CONFIG, "\"%s\" is not an option; see tracetrack help",
            arguments->items[0]);
}
