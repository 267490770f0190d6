#include "base/json.h"

#include "test.h"

enum size { SIZE_NONE, SIZE_LARGE };

static const char *const sizes[] = { NULL, "large" };
static const struct word_set size_set = WORD_SET(size, sizes);

struct bag {
    int64_t id;
    const char *code;
    bool linked;
    int64_t weight_kg;
    const char *at;
    const char *extra;
    enum size size;
};

static const struct field fields[] = {
    FIELD(struct bag, id),
    FIELD(struct bag, code),
    FIELD(struct bag, linked),
    FIELD_AS(struct bag, weight_kg, FIELD_KG),
    FIELD_AS(struct bag, at, FIELD_TIME),
    FIELD_AS(struct bag, extra, FIELD_RAW),
    FIELD_OF(struct bag, size, size_set),
};

static const struct shape bag_shape = SHAPE(struct bag, fields);

static void a_record_is_written_by_its_shape(void **state)
{
    struct arena arena = { 0 };
    struct json json = json_new(&arena);
    const struct bag bag = { 7, "SB\"1\"", true, 30500, "2026-11-21 06:12:00.5+00", "[1,2]",
        SIZE_LARGE };

    (void)state;
    json_record(&json, &bag_shape, &bag);
    assert_string_equal(json.text,
        "{\"id\":7,\"code\":\"SB\\\"1\\\"\",\"linked\":true,\"weight_kg\":30.500,"
        "\"at\":\"2026-11-21T06:12:00.5Z\",\"extra\":[1,2],\"size\":\"large\"}");
    arena_free(&arena);
}

static void what_is_not_there_is_null(void **state)
{
    struct arena arena = { 0 };
    struct json json = json_new(&arena);
    const struct bag bag = { .id = NO_I64, .weight_kg = NO_I64 };

    (void)state;
    json_record(&json, &bag_shape, &bag);
    assert_string_equal(json.text,
        "{\"id\":null,\"code\":null,\"linked\":false,\"weight_kg\":null,\"at\":null,"
        "\"extra\":null,\"size\":null}");
    arena_free(&arena);
}

static void commas_are_put_where_they_belong(void **state)
{
    struct arena arena = { 0 };
    struct json json = json_new(&arena);

    (void)state;
    json_open(&json, '{');
    json_key(&json, "empty");
    json_open(&json, '[');
    json_close(&json, ']');
    json_key(&json, "list");
    json_open(&json, '[');
    json_i64(&json, 1);
    json_open(&json, '{');
    json_close(&json, '}');
    json_bool(&json, false);
    json_close(&json, ']');
    json_put_text(&json, "text", "t");
    json_put_i64(&json, "number", -1);
    json_put_bool(&json, "yes", true);
    json_close(&json, '}');
    assert_string_equal(json.text,
        "{\"empty\":[],\"list\":[1,{},false],\"text\":\"t\",\"number\":-1,\"yes\":true}");
    arena_free(&arena);
}

static void text_is_escaped(void **state)
{
    struct arena arena = { 0 };
    struct json json = json_new(&arena);

    (void)state;
    json_text(&json, "\"\\/\b\f\n\r\t\x01\x1f\x7f \xe0\xa4\xb9");
    assert_string_equal(json.text, "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f \xe0\xa4\xb9\"");
    arena_free(&arena);
}

static void kilograms_keep_their_grams(void **state)
{
    static const struct {
        int64_t grams;
        const char *text;
    } pairs[] = { { 0, "0" }, { 1, "0.001" }, { 999, "0.999" }, { 1000, "1" }, { 30050, "30.050" },
        { -1500, "-1.500" }, { -1, "-0.001" } };
    struct arena arena = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        struct json json = json_new(&arena);

        json_kg(&json, pairs[i].grams);
        assert_string_equal(json.text, pairs[i].text);
    }
    arena_free(&arena);
}

static void long_text_grows(void **state)
{
    struct arena arena = { 0 };
    struct json json = json_new(&arena);

    (void)state;
    json_open(&json, '[');
    for (int i = 0; i < 10000; i++)
        json_text(&json, "0123456789");
    json_close(&json, ']');
    assert_int_equal(json.length, 2 + 10000 * 12 + 9999);
    assert_int_equal(strlen(json.text), json.length);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_is_written_by_its_shape),
        cmocka_unit_test(what_is_not_there_is_null),
        cmocka_unit_test(commas_are_put_where_they_belong),
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(kilograms_keep_their_grams),
        cmocka_unit_test(long_text_grows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
