/* Which codes a family's pattern fits: ours and PostgreSQL's answer are the same. */
#include "family/family_match.h"

#include <jansson.h>

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

        if (family_pattern_matches(pattern, code) != fits)
            print_error("%s %s\n", pattern, code);
        assert_int_equal(family_pattern_matches(pattern, code), fits);
        fitting += fits;
    }
    assert_in_range(fitting, 100, 2000);
}

/* The families of the table that the device is held against as well. */
static struct list families_of(json_t *rows)
{
    struct family *families = NEW_ARRAY(&call.arena, struct family, json_array_size(rows));
    json_t *row;
    size_t i;

    json_array_foreach(rows, i, row)
    {
        json_t *capacity = json_object_get(row, "capacity");

        families[i] = (struct family){
            .name = json_string_value(json_object_get(row, "name")),
            .prefix = json_string_value(json_object_get(row, "prefix")),
            .pattern = json_string_value(json_object_get(row, "pattern")),
            .capacity = json_is_null(capacity) ? NO_I64 : json_integer_value(capacity),
        };
    }
    return (struct list){ families, json_array_size(rows) };
}

static void a_code_is_of_the_family_that_the_table_says(void **state)
{
    json_error_t error;
    json_t *table = json_load_file(TEST_DATA "/families.json", 0, &error);
    const struct list families = families_of(json_object_get(table, "families"));
    json_t *codes = json_object_get(table, "codes"), *row;
    size_t i;

    (void)state;
    assert_true(json_array_size(codes) > 15);
    json_array_foreach(codes, i, row)
    {
        const char *code = json_string_value(json_array_get(row, 0));
        const char *name = json_string_value(json_array_get(row, 1));
        const struct family *family = family_find_by_code(&families, code);

        assert_int_equal(family != NULL, name != NULL);
        if (!family)
            continue;
        assert_string_equal(family->name, name);
        assert_int_equal(family_capacity(family, code), json_integer_value(json_array_get(row, 2)));
    }
    json_decref(table);
}

static void a_blank_behind_a_code_is_part_of_it(void **state)
{
    (void)state;
    assert_true(family_pattern_matches("^SB\\d{5}$", "SB12345"));
    assert_false(family_pattern_matches("^SB\\d{5}$", "SB12345 "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PEOPLE(a_random_pattern_fits_the_codes_that_postgresql_says),
        WITH_PEOPLE(a_code_is_of_the_family_that_the_table_says),
        cmocka_unit_test(a_blank_behind_a_code_is_part_of_it),
    };

    return cmocka_run_group_tests(tests, people_open, people_close);
}
