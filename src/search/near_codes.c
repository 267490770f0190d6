#include "search/near_codes.h"

#include <stdbool.h>
#include <string.h>

#define NEAR_CODE_SHORTEST 4

static const char near_signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
#define SIGNS (sizeof near_signs - 1)

/* Which are taken for one another on a label or on the phone. */
static const char *const near_alikes[] = { "O0QD", "I1LT7", "S5", "B8", "Z2", "G6", "UV", "MN" };

struct near_list {
    struct arena *arena;
    const char *code;
    size_t length;
    const char **codes;
    size_t count;
};

/* The code with `sign` ('\0' for none) in the place of `gone` characters from the i-th on. */
static void near_add(struct near_list *list, size_t i, size_t gone, char sign)
{
    const char one[2] = { sign, '\0' };

    list->codes[list->count++] =
        arena_format(list->arena, "%.*s%s%s", (int)i, list->code, one, list->code + i + gone);
}

static bool near_are_alike(char one, char other)
{
    for (size_t i = 0; i < sizeof near_alikes / sizeof near_alikes[0]; i++)
        if (strchr(near_alikes[i], one) && strchr(near_alikes[i], other))
            return true;
    return false;
}

/* Each character as every other one that is alike, or as every one that is not. */
static void near_add_replaced(struct near_list *list, bool alike)
{
    for (size_t i = 0; i < list->length; i++)
        for (const char *sign = near_signs; *sign; sign++)
            if (*sign != list->code[i] && near_are_alike(*sign, list->code[i]) == alike)
                near_add(list, i, 1, *sign);
}

static void near_add_exchanged(struct near_list *list)
{
    for (size_t i = 0; i + 1 < list->length; i++)
        if (list->code[i] != list->code[i + 1])
            list->codes[list->count++] = arena_format(list->arena, "%.*s%c%c%s", (int)i, list->code,
                list->code[i + 1], list->code[i], list->code + i + 2);
}

/* Of equal neighbours one is enough. */
static void near_add_shorter_and_longer(struct near_list *list)
{
    for (size_t i = 0; i < list->length; i++)
        if (!i || list->code[i] != list->code[i - 1])
            near_add(list, i, 1, '\0');
    for (size_t i = 0; i <= list->length; i++)
        for (const char *sign = near_signs; *sign; sign++)
            if (!i || *sign != list->code[i - 1])
                near_add(list, i, 0, *sign);
}

size_t near_codes(struct arena *arena, const char *code, const char *const **codes)
{
    const size_t length = strlen(code);

    if (length < NEAR_CODE_SHORTEST || length > NEAR_CODE_LONGEST
        || strspn(code, near_signs) != length)
        return 0;

    /* Replaced, exchanged and shorter ones, and longer ones. */
    const size_t most = length * (SIGNS + 1 + 1) + (length + 1) * SIGNS;
    struct near_list list = { .arena = arena,
        .code = code,
        .length = length,
        .codes = NEW_ARRAY(arena, const char *, most) };

    near_add_replaced(&list, true);
    near_add_exchanged(&list);
    near_add_replaced(&list, false);
    near_add_shorter_and_longer(&list);
    *codes = list.codes;
    return list.count;
}
