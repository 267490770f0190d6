#include "http/cookie.h"

#include "test.h"

static struct arena arena;

static int forget(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static void a_cookie_is_found_by_its_whole_name(void **state)
{
    (void)state;
    assert_string_equal(cookie_find(&arena, "sid=abc", "sid"), "abc");
    assert_string_equal(cookie_find(&arena, "a=1; sid=abc.d-e_f=; b=2", "sid"), "abc.d-e_f=");
    assert_string_equal(cookie_find(&arena, " ;; sid=abc \t; sid=later", "sid"), "abc");
    assert_string_equal(cookie_find(&arena, "sid=", "sid"), "");
    assert_string_equal(cookie_find(&arena, "xsid=1;sid=2", "sid"), "2");
    assert_null(cookie_find(&arena, "xsid=1; sid2=2; SID=3", "sid"));
    assert_null(cookie_find(&arena, "sid", "sid"));
    assert_null(cookie_find(&arena, "", "sid"));
    assert_null(cookie_find(&arena, NULL, "sid"));
}

static void the_session_cookie_is_for_the_server_alone(void **state)
{
    struct call call = { 0 };
    struct reply reply = { 0 };

    (void)state;
    assert_true(reply_set_session_cookie(&call, &reply, "1.2.x.y"));
    assert_string_equal(reply.headers->name, "Set-Cookie");
    assert_string_equal(
        reply.headers->value, "tracetrack_session=1.2.x.y; Path=/; HttpOnly; SameSite=Lax");

    cookie_secure_set(true);
    assert_true(reply_clear_session_cookie(&call, &reply));
    assert_string_equal(reply.headers->value,
        "__Host-tracetrack_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
    cookie_secure_set(false);
    arena_free(&call.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_cookie_is_found_by_its_whole_name, forget),
        cmocka_unit_test(the_session_cookie_is_for_the_server_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
