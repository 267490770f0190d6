#include "base/arena.h"

#include "test.h"

static int closed[3];
static int closed_count;

static void note(void *number)
{
    closed[closed_count++] = *(int *)number;
}

static void memory_is_zeroed_and_aligned(void **state)
{
    struct arena arena = { 0 };

    (void)state;
    for (size_t size = 1; size < 300; size += 7) {
        const char *bytes = arena_alloc(&arena, size, 1);

        assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
    }
    arena_free(&arena);
}

static void memory_used_again_is_zeroed_again(void **state)
{
    struct arena arena = { 0 };
    char *first = arena_alloc(&arena, 100, 1);

    (void)state;
    memset(first, 'x', 100);
    arena_end(&arena);

    char *second = arena_alloc(&arena, 100, 1);

    assert_ptr_equal(first, second);
    for (int i = 0; i < 100; i++)
        assert_int_equal(second[i], 0);
    arena_free(&arena);
}

static void more_than_a_block_fits(void **state)
{
    struct arena arena = { 0 };

    (void)state;
    for (int i = 0; i < 3; i++) {
        char *big = arena_alloc(&arena, 1000, 1000);

        memset(big, 'x', 1000000);
        assert_string_equal(arena_text(&arena, "small"), "small");
    }
    arena_end(&arena);
    assert_string_equal(arena_text(&arena, "again"), "again");
    arena_free(&arena);
    arena_free(&arena);
}

static void no_items_are_fine(void **state)
{
    struct arena arena = { 0 };

    (void)state;
    assert_non_null(arena_alloc(&arena, 0, 8));
    arena_free(&arena);
}

static void texts_are_copied(void **state)
{
    struct arena arena = { 0 };

    (void)state;
    assert_null(arena_text(&arena, NULL));
    assert_string_equal(arena_text(&arena, ""), "");
    assert_string_equal(arena_bytes(&arena, "abcdef", 3), "abc");
    assert_string_equal(arena_format(&arena, "%d of %s", 3, "nine"), "3 of nine");
    arena_free(&arena);
}

static void closers_run_last_in_first_out_and_once(void **state)
{
    struct arena arena = { 0 };
    int numbers[] = { 1, 2, 3 };

    (void)state;
    closed_count = 0;
    for (int i = 0; i < 3; i++)
        arena_defer(&arena, note, &numbers[i]);

    arena_end(&arena);
    arena_free(&arena);
    assert_int_equal(closed_count, 3);
    assert_int_equal(closed[0], 3);
    assert_int_equal(closed[1], 2);
    assert_int_equal(closed[2], 1);
}

static void what_is_taken_from_another_lives_on_and_is_closed_first(void **state)
{
    struct arena arena = { 0 }, other = { 0 };
    int numbers[] = { 1, 2 };

    (void)state;
    closed_count = 0;
    arena_defer(&arena, note, &numbers[0]);
    arena_defer(&other, note, &numbers[1]);

    const char *text = arena_text(&other, "of the other");

    arena_take(&arena, &other);
    arena_free(&other);
    assert_int_equal(closed_count, 0);
    assert_string_equal(text, "of the other");

    arena_free(&arena);
    assert_int_equal(closed_count, 2);
    assert_int_equal(closed[0], 2);
    assert_int_equal(closed[1], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned),
        cmocka_unit_test(memory_used_again_is_zeroed_again),
        cmocka_unit_test(more_than_a_block_fits),
        cmocka_unit_test(no_items_are_fine),
        cmocka_unit_test(texts_are_copied),
        cmocka_unit_test(closers_run_last_in_first_out_and_once),
        cmocka_unit_test(what_is_taken_from_another_lives_on_and_is_closed_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
