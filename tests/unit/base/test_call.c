#include "base/call.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "test.h"

static void a_fault_says_why_and_is_forgotten(void **state)
{
    struct call call = { 0 };

    (void)state;
    assert_false(fail(&call, FAULT_NOT_FOUND, "no bag %d", 7));
    assert_int_equal(call.fault.code, FAULT_NOT_FOUND);
    assert_string_equal(call.fault.detail, "no bag 7");
    assert_int_equal(call.fault.words.reason, REASON_NONE);
    assert_int_equal(fault_http_status(call.fault.code), 404);
    assert_int_equal(fault_exit_status(call.fault.code), 66);
    assert_string_equal(fault_slug(call.fault.code), "not_found");

    fail_clear(&call);
    assert_int_equal(call.fault.code, FAULT_NONE);
    assert_string_equal(call.fault.detail, "");
}

static void only_what_is_told_reaches_the_person(void **state)
{
    struct call call = { 0 };

    (void)state;
    assert_false(fail_because(&call, PARENT_EMPTY, .parent = "SB00001"));
    assert_int_equal(call.fault.code, FAULT_REFUSED);
    assert_int_equal(call.fault.words.reason, REASON_PARENT_EMPTY);
    assert_string_equal(call.fault.words.english, "SB00001 is empty.");
    assert_string_equal(call.fault.words.params, "{\"parent\":\"SB00001\"}");
    assert_string_equal(call.fault.detail, "SB00001 is empty.");
    assert_false(fail(&call, FAULT_INTERNAL, "secret"));
    assert_int_equal(call.fault.words.reason, REASON_NONE);
    arena_free(&call.arena);
}

static void long_reasons_are_cut(void **state)
{
    struct call call = { 0 };

    (void)state;
    assert_false(fail(&call, FAULT_INTERNAL, "%500s", "x"));
    assert_int_equal(strlen(call.fault.detail), sizeof call.fault.detail - 1);
}

static void a_cut_reason_is_still_text(void **state)
{
    struct call call = { 0 };
    char long_code[400];

    (void)state;
    for (size_t i = 0; i < sizeof long_code - 2; i += 2)
        memcpy(long_code + i, "\xc3\xa4", 3);
    fail(&call, FAULT_NOT_FOUND, "%s", long_code);
    assert_int_equal(strlen(call.fault.detail), 238);
    fail(&call, FAULT_NOT_FOUND, ".%s", long_code);
    assert_int_equal(strlen(call.fault.detail), 239);
}

static void several_fields_can_be_wrong_at_once(void **state)
{
    struct call call = { 0 };

    (void)state;
    assert_false(fail_field(&call, "name", MISSING));
    assert_false(fail_field(&call, "age", OUT_OF_RANGE, .least = 18, .most = 99));
    assert_int_equal(call.fault.code, FAULT_BAD_FIELDS);
    assert_string_equal(call.fault.fields->field, "name");
    assert_string_equal(call.fault.fields->next->field, "age");
    assert_string_equal(call.fault.fields->next->words.english, "must be 18 to 99");
    assert_null(call.fault.fields->next->next);
    arena_free(&call.arena);
}

static void every_fault_has_a_status_a_slug_and_a_title(void **state)
{
    (void)state;
    for (int code = FAULT_NONE + 1; code < FAULT_COUNT; code++) {
        assert_in_range(fault_http_status((enum fault_code)code), 400, 599);
        assert_in_range(fault_exit_status((enum fault_code)code), 64, 78);
        assert_true(*fault_slug((enum fault_code)code));
        assert_true(*fault_title((enum fault_code)code));
    }
}

static void the_monotonic_clock_never_goes_back(void **state)
{
    int64_t before = clock_us();
    char text[32];

    (void)state;
    for (int i = 0; i < 1000; i++) {
        const int64_t now = clock_us();

        assert_true(now >= before);
        before = now;
    }
    assert_true(clock_unix() > 1700000000);
    clock_rfc3339(text);
    assert_int_equal(strlen(text), strlen("2026-11-21T06:12:00.123Z"));
    assert_int_equal(text[10], 'T');
    assert_int_equal(text[23], 'Z');
}

/* What `write` puts on standard error, in `line`. */
static void capture(void (*write_lines)(void), char *line, size_t room)
{
    int ends[2];
    const int saved = dup(STDERR_FILENO);

    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    write_lines();
    dup2(saved, STDERR_FILENO);
    close(saved);

    const ssize_t length = read(ends[0], line, room - 1);

    line[length > 0 ? length : 0] = '\0';
    close(ends[0]);
}

static void write_one(void)
{
    log_line(LOG_DEBUG, "unseen", "below the level");
    log_line(LOG_WARNING, "seen", "\"%s\" \xff", "two\nlines");
}

static void a_log_line_is_one_line_of_json(void **state)
{
    char line[500];

    (void)state;
    capture(write_one, line, sizeof line);
    assert_memory_equal(line, "{\"at\":\"", 7);
    assert_string_equal(strstr(line, ",\"level\""),
        ",\"level\":\"warning\",\"event\":\"seen\",\"message\":\"\\\"two\\nlines\\\" ?\"}\n");
}

static void write_debug(void)
{
    struct arena arena = { 0 };

    log_level_set(LOG_DEBUG);

    struct json line = log_begin(&arena, LOG_DEBUG, "request");

    json_put_i64(&line, "status", 200);
    log_end(&line);
    log_level_set(LOG_INFO);
    arena_free(&arena);
}

static void a_log_line_has_fields_of_its_own(void **state)
{
    char line[500];

    (void)state;
    assert_false(log_is_on(LOG_DEBUG));
    capture(write_debug, line, sizeof line);
    assert_string_equal(
        strstr(line, ",\"level\""), ",\"level\":\"debug\",\"event\":\"request\",\"status\":200}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fault_says_why_and_is_forgotten),
        cmocka_unit_test(only_what_is_told_reaches_the_person),
        cmocka_unit_test(long_reasons_are_cut),
        cmocka_unit_test(a_cut_reason_is_still_text),
        cmocka_unit_test(several_fields_can_be_wrong_at_once),
        cmocka_unit_test(every_fault_has_a_status_a_slug_and_a_title),
        cmocka_unit_test(the_monotonic_clock_never_goes_back),
        cmocka_unit_test(a_log_line_is_one_line_of_json),
        cmocka_unit_test(a_log_line_has_fields_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
