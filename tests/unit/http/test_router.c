#include <string.h>

#include "http/route.h"
#include "test.h"

static bool handle(struct call *call, const struct request *request, struct reply *reply)
{
    (void)call;
    (void)request;
    return reply_empty(reply);
}

/* clang-format off */
const struct route routes[] = {
    { GET,     "/api/bags/{qr}",                  CALL(handle), ANYONE, RATE_READ, 0 },
    { GET,     "/api/bags",                       CALL(handle), ANYONE, RATE_READ, 0 },
    { POST,    "/api/bags",                       CALL(handle), ANYONE, RATE_READ, 0 },
    { DELETE_, "/api/bags/{qr}",                  CALL(handle), ANYONE, RATE_READ, 0 },
    { POST,    "/api/bags/batch",                 CALL(handle), ANYONE, RATE_READ, 0 },
    { GET,     "/api/{what}/all",                 CALL(handle), ANYONE, RATE_READ, 0 },
    { DELETE_, "/api/parents/{qr}/children/{child}", CALL(handle), ANYONE, RATE_READ, 0 },
};
/* clang-format on */

const int routes_count = sizeof routes / sizeof routes[0];

static struct route_found found;

static const char *path_for(enum method method, const char *path)
{
    return route_find(method, path, &found) == FAULT_NONE ? found.route->path : "";
}

static int check(void **state)
{
    (void)state;
    routes_check();
    return 0;
}

static void paths_lead_to_their_routes(void **state)
{
    (void)state;
    assert_string_equal(path_for(GET, "/api/bags"), "/api/bags");
    assert_string_equal(path_for(GET, "/api/bags/SB00001"), "/api/bags/{qr}");
    assert_int_equal(found.values[0].length, 7);
    assert_memory_equal(found.values[0].start, "SB00001", 7);
    assert_null(found.values[1].start);

    path_for(DELETE_, "/api/parents/SB1/children/c%2F2");
    assert_int_equal(found.values[0].length, 3);
    assert_int_equal(found.values[1].length, 5);
    assert_memory_equal(found.values[1].start, "c%2F2", 5);
}

static void a_literal_wins_over_a_parameter(void **state)
{
    (void)state;
    assert_string_equal(path_for(POST, "/api/bags/batch"), "/api/bags/batch");
    assert_string_equal(path_for(GET, "/api/bags/batch"), "/api/bags/{qr}");

    /* The one further to the left counts more. */
    assert_string_equal(path_for(GET, "/api/bags/all"), "/api/bags/{qr}");
    assert_string_equal(path_for(GET, "/api/bills/all"), "/api/{what}/all");
}

static void what_is_no_route_is_not_found(void **state)
{
    static const char *const paths[] = { "", "/", "//", "/api", "/api/", "/api/bags/",
        "/api/bags//", "/api/Bags", "/api/bags/a/b", "api/bags", "/api/bag", "/api/bagss",
        "/a/b/c/d/e/f/g/h/i/j", "/api/parents//children/c" };

    (void)state;
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        assert_int_equal(route_find(GET, paths[i], &found), FAULT_NOT_FOUND);
}

static void other_methods_are_told(void **state)
{
    char text[64];

    (void)state;
    assert_int_equal(route_find(PUT, "/api/bags/batch", &found), FAULT_BAD_METHOD);
    methods_text(found.allowed, text);
    assert_string_equal(text, "GET, HEAD, POST, DELETE, OPTIONS");
    assert_int_equal(route_find(0, "/api/bags", &found), FAULT_BAD_METHOD);
    methods_text(found.allowed, text);
    assert_string_equal(text, "GET, HEAD, POST, OPTIONS");
    methods_text(~0U, text);
    assert_string_equal(text, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
}

static void methods_have_names(void **state)
{
    (void)state;
    assert_string_equal(method_name(DELETE_), "DELETE");
    assert_string_equal(method_name(0), "");
    assert_int_equal(method_from_name("PATCH"), PATCH);
    assert_int_equal(method_from_name("patch"), 0);
    assert_int_equal(method_from_name(""), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_lead_to_their_routes),
        cmocka_unit_test(a_literal_wins_over_a_parameter),
        cmocka_unit_test(what_is_no_route_is_not_found),
        cmocka_unit_test(other_methods_are_told),
        cmocka_unit_test(methods_have_names),
    };

    return cmocka_run_group_tests(tests, check, NULL);
}
