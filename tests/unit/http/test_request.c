#include "http/request.h"

#include <stdio.h>

#include "http/request_parts.h"
#include "test.h"

struct scan {
    const char *child;
    int64_t number;
};

static const struct field scan_fields[] = {
    FIELD(struct scan, child),
    FIELD_OPTIONAL(struct scan, number, 0),
};

static const struct shape scan_shape = SHAPE(struct scan, scan_fields);

struct code {
    const char *qr;
};

static const struct field code_fields[] = {
    FIELD_BARE(struct code, qr, 10),
};

static const struct shape code_shape = SHAPE(struct code, code_fields);

enum size { SIZE_NONE, SIZE_SMALL, SIZE_LARGE };

static const char *const sizes[] = { NULL, "small", "large" };
static const struct word_set size_set = WORD_SET(size, sizes);

struct order {
    const char *name, *note;
    enum size size;
    int64_t count, weight_kg;
    bool create;
    struct list scans, children;
};

static const struct field order_fields[] = {
    FIELD(struct order, name),
    FIELD_OPTIONAL(struct order, note, 5),
    FIELD_OPTIONAL(struct order, count, 0),
    { .name = "weight_kg",
        .type = FIELD_KG,
        .offset = offsetof(struct order, weight_kg),
        .optional = true },
    FIELD_OPTIONAL(struct order, create, 0),
    FIELD_OF_OPTIONAL(struct order, size, size_set),
    { .name = "scans",
        .type = FIELD_LIST,
        .offset = offsetof(struct order, scans),
        .optional = true,
        .max = 3,
        .items = &scan_shape },
    { .name = "children",
        .type = FIELD_LIST,
        .offset = offsetof(struct order, children),
        .optional = true,
        .max = 3,
        .items = &code_shape },
};

static const struct shape order_shape = SHAPE(struct order, order_fields);

static const struct route route = { .path = "/api/parents/{qr}/children/{child}", .body_max = 100 };

static struct call call;
static struct request request;
static struct order order;

static int forget(void **state)
{
    (void)state;
    arena_free(&call.arena);
    call = (struct call){ 0 };
    request = (struct request){ .route = &route };
    request.headers[HEADER_CONTENT_TYPE] = "application/json; charset=utf-8";
    return 0;
}

static bool reads_bytes(const char *body, size_t length)
{
    request.body = arena_bytes(&call.arena, body, length);
    request.length = length;
    return request_json(&call, &request, &order_shape, &order);
}

static bool reads(const char *body)
{
    fail_clear(&call);
    return reads_bytes(body, strlen(body));
}

static void check_error(const char *body, const char *field, const char *message)
{
    assert_false(reads(body));
    assert_int_equal(call.fault.code, FAULT_BAD_FIELDS);
    assert_string_equal(call.fault.fields->field, field);
    assert_string_equal(call.fault.fields->words.english, message);
    assert_null(call.fault.fields->next);
}

static void a_body_becomes_a_record(void **state)
{
    (void)state;
    assert_true(reads("{\"name\":\"Z\xc3\xbcrich\",\"note\":\"12345\",\"count\":-7,"
                      "\"weight_kg\":30.5,\"create\":true,\"size\":\"large\","
                      "\"scans\":[{\"child\":\"a\"},{\"child\":\"b\",\"number\":2}],"
                      "\"children\":[\"x\",\"y\",\"z\"]}"));
    assert_string_equal(order.name, "Z\xc3\xbcrich");
    assert_string_equal(order.note, "12345");
    assert_int_equal(order.count, -7);
    assert_int_equal(order.weight_kg, 30500);
    assert_true(order.create);
    assert_int_equal(order.size, SIZE_LARGE);
    assert_int_equal(order.scans.count, 2);
    assert_string_equal(((struct scan *)order.scans.items)[1].child, "b");
    assert_true(((struct scan *)order.scans.items)[0].number == NO_I64);
    assert_int_equal(order.children.count, 3);
    assert_string_equal(((struct code *)order.children.items)[2].qr, "z");
}

static void what_is_optional_may_be_missing_or_null(void **state)
{
    (void)state;
    assert_true(reads("{\"name\":\"a\",\"note\":null,\"scans\":null}"));
    assert_null(order.note);
    assert_true(order.count == NO_I64 && order.weight_kg == NO_I64);
    assert_false(order.create);
    assert_int_equal(order.size, SIZE_NONE);
    assert_int_equal(order.scans.count, 0);
    assert_true(reads("{\"name\":\"\",\"scans\":[]}"));
}

static void each_wrong_field_is_told(void **state)
{
    (void)state;
    check_error("{}", "name", "is missing");
    check_error("{\"name\":null}", "name", "is missing");
    check_error("{\"name\":7}", "name", "must be text");
    check_error("{\"name\":\"a\\u0000b\"}", "name", "must not contain a NUL character");
    check_error("{\"name\":\"a\",\"note\":\"123456\"}", "note", "must be at most 5 characters");
    check_error("{\"name\":\"a\",\"size\":\"LARGE\"}", "size", "must be one of small|large");
    check_error("{\"name\":\"a\",\"size\":2}", "size", "must be one of small|large");
    check_error("{\"name\":\"a\",\"count\":1.0}", "count", "must be a whole number");
    check_error("{\"name\":\"a\",\"count\":\"1\"}", "count", "must be a whole number");
    check_error(
        "{\"name\":\"a\",\"count\":-9223372036854775808}", "count", "must be a whole number");
    check_error("{\"name\":\"a\",\"weight_kg\":\"1\"}", "weight_kg", "must be a number");
    check_error("{\"name\":\"a\",\"weight_kg\":1e300}", "weight_kg", "must be a number");
    check_error("{\"name\":\"a\",\"create\":1}", "create", "must be true or false");
    check_error("{\"name\":\"a\",\"nmae\":1}", "nmae", "is not known here");
    check_error("{\"name\":\"a\",\"scans\":{}}", "scans", "must be a list");
    check_error("{\"name\":\"a\",\"children\":[\"1\",\"2\",\"3\",\"4\"]}", "children",
        "must be at most 3 items");
    check_error(
        "{\"name\":\"a\",\"scans\":[{\"child\":\"b\"},{}]}", "scans[1].child", "is missing");
    check_error("{\"name\":\"a\",\"scans\":[7]}", "scans[0]", "must be an object");
    check_error("{\"name\":\"a\",\"children\":[\"x\",7]}", "children[1]", "must be text");
}

static void several_wrong_fields_are_told_at_once(void **state)
{
    (void)state;
    assert_false(reads("{\"name\":1,\"count\":true}"));
    assert_string_equal(call.fault.fields->field, "name");
    assert_string_equal(call.fault.fields->next->field, "count");
    assert_null(call.fault.fields->next->next);
}

static void a_thousand_wrong_fields_are_not(void **state)
{
    char body[20000] = "{\"name\":\"a\"";
    size_t length = strlen(body);
    int errors = 0;

    (void)state;
    for (int i = 0; i < 1000; i++)
        length += (size_t)sprintf(body + length, ",\"f%d\":1", i);
    strcpy(body + length, "}");
    assert_false(reads(body));
    for (const struct field_error *error = call.fault.fields; error; error = error->next)
        errors++;
    assert_int_equal(errors, 20);
}

static void what_is_no_json_object_is_refused(void **state)
{
    static const char *const bodies[] = { "", "{", "[]", "null", "7", "{\"name\":\"a\"}x",
        "{\"name\":\"a\",\"name\":\"b\"}", "{\"name\":\"\xff\"}", "{'name':1}" };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        assert_false(reads(bodies[i]));
        assert_int_equal(call.fault.code, FAULT_BAD_INPUT);
        assert_true(call.fault.words.reason);
    }
    assert_false(reads_bytes("{\"name\":\"a\"}\0", 13));

    char deep[10000];

    memset(deep, '[', sizeof deep);
    assert_false(reads_bytes(deep, sizeof deep));
    assert_int_equal(call.fault.code, FAULT_BAD_INPUT);
}

static void only_json_is_read(void **state)
{
    static const char *const types[] = { NULL, "", "text/plain", "application/jsonx",
        "application" };

    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        request.headers[HEADER_CONTENT_TYPE] = types[i];
        assert_false(reads("{\"name\":\"a\"}"));
        assert_int_equal(call.fault.code, FAULT_BAD_TYPE);
    }
    request.headers[HEADER_CONTENT_TYPE] = "Application/JSON";
    assert_true(reads("{\"name\":\"a\"}"));
}

static void the_query_is_decoded(void **state)
{
    (void)state;
    request_take_uri(&call, &request, "/api/x?a=1&&b=%26+%3d&c&%C3%A4=%c3%bc&a=2&e=");
    assert_true(request_decode_uri(&call, &request));
    assert_string_equal(request.path, "/api/x");
    assert_string_equal(request_query(&request, "a"), "1");
    assert_string_equal(request_query(&request, "b"), "& =");
    assert_string_equal(request_query(&request, "c"), "");
    assert_string_equal(request_query(&request, "\xc3\xa4"), "\xc3\xbc");
    assert_string_equal(request_query(&request, "e"), "");
    assert_null(request_query(&request, "d"));
}

static void malformed_uris_are_refused(void **state)
{
    static const char *const uris[] = { "", "x", "*", "/%00", "/%", "/?%", "/?a=%f", "/?a=%00",
        "/?%ff=1", "/\xff", "/?a\xff" };

    (void)state;
    for (size_t i = 0; i < sizeof uris / sizeof uris[0]; i++) {
        forget(NULL);
        request_take_uri(&call, &request, uris[i]);
        assert_false(request_decode_uri(&call, &request));
        assert_int_equal(call.fault.code, FAULT_BAD_INPUT);
    }

    char many[300] = "/?";

    for (int i = 0; i < 65; i++)
        strcat(many, "a&");
    forget(NULL);
    request_take_uri(&call, &request, many);
    assert_false(request_decode_uri(&call, &request));
}

static void numbers_in_the_query_have_limits(void **state)
{
    int64_t value = 0;

    (void)state;
    request_take_uri(&call, &request, "/?limit=7&none=&bad=7x");
    assert_true(request_decode_uri(&call, &request));
    assert_true(request_query_i64(&call, &request, "limit", 1, 200, 50, &value));
    assert_int_equal(value, 7);
    assert_true(request_query_i64(&call, &request, "none", 1, 200, 50, &value));
    assert_int_equal(value, 50);
    assert_true(request_query_i64(&call, &request, "missing", 1, 200, 50, &value));
    assert_int_equal(value, 50);
    assert_false(request_query_i64(&call, &request, "limit", 8, 200, 50, &value));
    assert_string_equal(call.fault.fields->words.english, "must be a whole number from 8 to 200");
    assert_false(request_query_i64(&call, &request, "bad", 1, 200, 50, &value));
}

static void path_values_have_the_routes_names(void **state)
{
    const struct path_value values[PATH_VALUES_MAX] = { { "a%2Fb", 5 }, { "c+d/rest", 3 } };
    const struct path_value malformed[PATH_VALUES_MAX] = { { "%f", 2 } };

    (void)state;
    assert_true(request_decode_values(&call, &request, values));
    assert_string_equal(request_path(&request, "qr"), "a/b");
    assert_string_equal(request_path(&request, "child"), "c+d");
    assert_string_equal(request_path(&request, "chil"), "");
    assert_false(request_decode_values(&call, &request, malformed));
}

static void a_body_grows_up_to_the_routes_limit(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++)
        assert_true(request_take_body(&call, &request, "0123456789", 10));
    assert_int_equal(request.length, 100);
    assert_int_equal(strlen(request.body), 100);
    assert_false(request_take_body(&call, &request, "x", 1));
    assert_int_equal(call.fault.code, FAULT_TOO_LARGE);
    assert_int_equal(request.length, 100);
}

static void headers_are_found_in_any_case(void **state)
{
    (void)state;
    request.headers[HEADER_ACCEPT] = NULL;
    request_take_header(&request, "aCCept", 6, "text/html", 9);
    request_take_header(&request, "Accept", 6, "later", 5);
    assert_string_equal(request_header(&request, "ACCEPT"), "text/html");
    assert_null(request_header(&request, "X-Other"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_body_becomes_a_record, forget, forget),
        cmocka_unit_test_setup_teardown(what_is_optional_may_be_missing_or_null, forget, forget),
        cmocka_unit_test_setup_teardown(each_wrong_field_is_told, forget, forget),
        cmocka_unit_test_setup_teardown(several_wrong_fields_are_told_at_once, forget, forget),
        cmocka_unit_test_setup_teardown(a_thousand_wrong_fields_are_not, forget, forget),
        cmocka_unit_test_setup_teardown(what_is_no_json_object_is_refused, forget, forget),
        cmocka_unit_test_setup_teardown(only_json_is_read, forget, forget),
        cmocka_unit_test_setup_teardown(the_query_is_decoded, forget, forget),
        cmocka_unit_test_setup_teardown(malformed_uris_are_refused, forget, forget),
        cmocka_unit_test_setup_teardown(numbers_in_the_query_have_limits, forget, forget),
        cmocka_unit_test_setup_teardown(path_values_have_the_routes_names, forget, forget),
        cmocka_unit_test_setup_teardown(a_body_grows_up_to_the_routes_limit, forget, forget),
        cmocka_unit_test_setup_teardown(headers_are_found_in_any_case, forget, forget),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
