#include "http/guard.h"

#include <string.h>

#include "test.h"

static struct guard guard;

static void see(const char *name, const char *value)
{
    guard_add_header(&guard, name, strlen(name), value, strlen(value));
}

static const char *verdict(void)
{
    return guard_problem(&guard, "HTTP/1.1");
}

static int forget(void **state)
{
    (void)state;
    guard = (struct guard){ 0 };
    return 0;
}

static void a_plain_request_passes(void **state)
{
    (void)state;
    see("Host", "x");
    see("content-length", "12");
    see("X-Odd!#$%&'*+.^_`|~", "tab\tand \xc3\xa4");
    assert_null(verdict());
    assert_int_equal(guard.content_length, 12);
    assert_true(guard_expects_body(&guard));
    assert_null(guard_problem(&guard, "HTTP/1.0"));
    assert_non_null(guard_problem(&guard, "HTTP/1.2"));
    assert_non_null(guard_problem(&guard, "HTTP/0.9"));
}

static void a_chunked_body_is_one_to_come(void **state)
{
    (void)state;
    see("Transfer-Encoding", "Chunked");
    assert_null(verdict());
    assert_true(guard_expects_body(&guard));
    assert_non_null(guard_problem(&guard, "HTTP/1.0"));
}

static void two_of_a_kind_are_refused(void **state)
{
    (void)state;
    see("Content-Length", "5");
    see("CONTENT-LENGTH", "5");
    assert_string_equal(verdict(), "more than one Content-Length");
    forget(NULL);
    see("Transfer-Encoding", "chunked");
    see("Transfer-Encoding", "chunked");
    assert_non_null(verdict());
    forget(NULL);
    see("Host", "a");
    see("Host", "a");
    assert_non_null(verdict());
    forget(NULL);
    see("Transfer-Encoding", "chunked");
    see("Content-Length", "0");
    assert_string_equal(verdict(), "Content-Length with Transfer-Encoding");
}

static void a_host_is_demanded_by_the_newer_version(void **state)
{
    (void)state;
    assert_true(guard_lacks_host(&guard, "HTTP/1.1"));
    assert_false(guard_lacks_host(&guard, "HTTP/1.0"));
    see("host", "x");
    assert_false(guard_lacks_host(&guard, "HTTP/1.1"));
}

static void a_host_is_a_name_or_an_address(void **state)
{
    static const char *const good[] = { "", "x", "x ", "tracetrack.example:80", "a_b-c.d",
        "x:", "203.0.113.8:5000", "[2001:db8::5]", "[::ffff:1.2.3.4]:80" };
    static const char *const malformed[] = { "a b", "a, b", "u@x", "x/y", "x:y", "x:80:80", ":80",
        "[", "[]", "[::1", "[::1]x", "[x]", "::1", "x?y", "x#y", "x\\y", "%78", "\xc3\xa4", " x" };

    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        forget(NULL);
        see("Host", good[i]);
        assert_null(verdict());
    }
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        forget(NULL);
        see("Host", malformed[i]);
        assert_string_equal(verdict(), "malformed Host");
    }
}

static void lengths_are_digits(void **state)
{
    static const char *const malformed[] = { "", "+1", "-1", "1 ", " 1", "0x10", "1,1", "1.0",
        "9999999999999999999" };

    (void)state;
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        forget(NULL);
        see("Content-Length", malformed[i]);
        assert_string_equal(verdict(), "malformed Content-Length");
    }
    forget(NULL);
    see("Content-Length", "999999999999999999");
    assert_null(verdict());
}

static void names_are_tokens(void **state)
{
    static const char *const malformed[] = { "", "a b", "a ", " a", "a\t", "a:b", "a\"",
        "\xc3\xa4" };

    (void)state;
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        forget(NULL);
        see(malformed[i], "x");
        assert_string_equal(verdict(), "malformed header name");
    }
    forget(NULL);
    guard_add_header(&guard, "a\0b", 3, "x", 1);
    assert_non_null(verdict());
    forget(NULL);
    guard_add_header(&guard, "a", 1, "x\0y", 3);
    assert_non_null(verdict());
    forget(NULL);
    see("a", "x\x7f");
    assert_non_null(verdict());
}

static bool decodes(const char *text, bool plus_is_blank, const char *expected)
{
    char copy[100];

    strcpy(copy, text);
    const ptrdiff_t length = url_decode(copy, strlen(copy), plus_is_blank);

    return length == (ptrdiff_t)strlen(expected) && memcmp(copy, expected, strlen(expected)) == 0;
}

static void percent_signs_are_undone(void **state)
{
    (void)state;
    assert_true(decodes("", false, ""));
    assert_true(decodes("a+b", false, "a+b"));
    assert_true(decodes("a+b", true, "a b"));
    assert_true(decodes("%41%2f%2F%25", false, "A//%"));
    assert_true(decodes("%c3%a4", false, "\xc3\xa4"));
}

static void what_is_no_text_does_not_decode(void **state)
{
    static const char *const malformed[] = { "%", "%4", "a%", "%4g", "%g4", "%00", "%ff", "%c3",
        "%c0%80", "%ed%a0%80", "\xc3", "% 41", "a b", "a\tb", "a\x7f" };

    (void)state;
    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        char copy[20];

        strcpy(copy, malformed[i]);
        assert_int_equal(url_decode(copy, strlen(copy), false), -1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_plain_request_passes, forget),
        cmocka_unit_test_setup(a_chunked_body_is_one_to_come, forget),
        cmocka_unit_test_setup(two_of_a_kind_are_refused, forget),
        cmocka_unit_test_setup(a_host_is_demanded_by_the_newer_version, forget),
        cmocka_unit_test_setup(a_host_is_a_name_or_an_address, forget),
        cmocka_unit_test_setup(lengths_are_digits, forget),
        cmocka_unit_test_setup(names_are_tokens, forget),
        cmocka_unit_test(percent_signs_are_undone),
        cmocka_unit_test(what_is_no_text_does_not_decode),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
