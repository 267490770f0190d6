#include "label/code_number.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH_MAX 15

bool code_number_read(
    struct arena *arena, const char *code, bool count_at_end, struct code_number *found)
{
    const char *tail = count_at_end ? strrchr(code, '-') : NULL;
    const char *end = tail ? tail : code + strlen(code), *start;

    while (end > code && !isdigit((unsigned char)end[-1]))
        end--;
    for (start = end; start > code && isdigit((unsigned char)start[-1]);)
        start--;
    if (start == end || end - start > WIDTH_MAX)
        return false;

    *found = (struct code_number){ .before = arena_bytes(arena, code, (size_t)(start - code)),
        .after = arena_format(arena, "%s", end),
        .number = strtoll(start, NULL, 10),
        .width = (int)(end - start) };
    return true;
}

const char *code_number_text(struct arena *arena, const struct code_number *from, int64_t steps)
{
    return arena_format(
        arena, "%s%0*" PRId64 "%s", from->before, from->width, from->number + steps, from->after);
}

const char *code_number_stem(struct arena *arena, const struct code_number *of)
{
    return arena_format(arena, "%s%.*s%s", of->before, of->width, "###############", of->after);
}
