/* Which codes a family's pattern fits: ours and PostgreSQL's answer are the same. */
#include "family/family_match.h"

#include "base/text.h"
#include "family/family_pattern.h"

#include "db/people.h"
#include "test.h"

/* Both are searched with: lookups by the server, lists and clean-ups by PostgreSQL. */
static bool postgresql_fits(const char *pattern, const char *code)
{
    return count_of(arena_format(&call.arena, "SELECT ('%s' ~ '%s')::integer", code, pattern)) == 1;
}

static unsigned next_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static const char *const pieces[] = { "A", "B", "1", "-", "\\d", "[1-9]", "[A-C7]", "(A|B1)",
    "(1|-|\\d\\d)", "(A(1|2)?|B)", "(A?1)" };
static const char *const counts[] = { "", "", "", "?", "{2}", "{1,3}" };

static const char *random_row(unsigned *seed)
{
    const char *row = "";

    for (unsigned i = 1 + next_random(seed, 2); i > 0; i--)
        row = arena_format(&call.arena, "%s%s%s", row, pieces[next_random(seed, COUNT_OF(pieces))],
            counts[next_random(seed, COUNT_OF(counts))]);
    return row;
}

static const char *random_pattern(unsigned *seed)
{
    return next_random(seed, 3) ? arena_format(&call.arena, "^A%s$", random_row(seed))
                                : arena_format(&call.arena, "^A(%s|%s)%s$", random_row(seed),
                                    random_row(seed), random_row(seed));
}

static const char *random_code(unsigned *seed)
{
    const char *code = "A";

    for (unsigned i = next_random(seed, 5); i > 0; i--)
        code = arena_format(&call.arena, "%s%c", code, "AB12-"[next_random(seed, 5)]);
    return code;
}

static void a_random_pattern_fits_the_codes_that_postgresql_says(void **state)
{
    unsigned seed = 20261126;
    int fitting = 0;

    (void)state;
    print_message("seed %u\n", seed);
    for (int i = 0; i < 3000; i++) {
        const char *pattern = random_pattern(&seed), *code = random_code(&seed);
        struct family_lengths lengths;
        enum reason wrong;

        if (!family_pattern_read(pattern, &lengths, &wrong))
            continue;

        const bool fits = postgresql_fits(pattern, code);

        if (family_pattern_fits(pattern, code) != fits)
            print_error("%s %s\n", pattern, code);
        assert_int_equal(family_pattern_fits(pattern, code), fits);
        fitting += fits;
    }
    assert_in_range(fitting, 100, 2000);
}

static const struct family families[] = {
    { .id = 1, .prefix = "SB", .pattern = "^SB\\d{5}$", .capacity = 30 },
    { .id = 2, .prefix = "M", .pattern = "^M\\d{3}" FAMILY_COUNT_TAIL, .capacity = NO_I64 },
    { .id = 3, .prefix = "SB1", .pattern = "^SB1\\d{4,5}$", .capacity = 20 },
};

static void the_first_family_that_fits_is_the_codes(void **state)
{
    const struct list all = { (void *)families, COUNT_OF(families) };

    (void)state;
    assert_int_equal(family_of(&all, "SB12345")->id, 1);
    assert_int_equal(family_of(&all, "SB123456")->id, 3);
    assert_null(family_of(&all, "SB1234"));
    assert_null(family_of(&all, "SB12345 "));
    assert_null(family_of(&all, ""));
    assert_null(family_of(&all, "M123-501"));
    assert_int_equal(family_capacity(family_of(&all, "M123-500"), "M123-500"), 500);
    assert_int_equal(family_capacity(family_of(&all, "SB12345"), "SB12345"), 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PEOPLE(a_random_pattern_fits_the_codes_that_postgresql_says),
        cmocka_unit_test(the_first_family_that_fits_is_the_codes),
    };

    return cmocka_run_group_tests(tests, people_open, people_close);
}
