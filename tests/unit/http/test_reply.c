#include "http/reply.h"

#include "test.h"

struct bag {
    int64_t id;
    const char *qr;
};

static const struct field fields[] = {
    FIELD(struct bag, id),
    FIELD(struct bag, qr),
};

static const struct shape bag_shape = SHAPE(struct bag, fields);

static struct call call;
static struct reply reply;

static int forget(void **state)
{
    (void)state;
    arena_free(&call.arena);
    call = (struct call){ .request_id = "r-1" };
    reply = (struct reply){ 0 };
    return 0;
}

static const char *header(const char *name)
{
    for (const struct reply_header *each = reply.headers; each; each = each->next)
        if (strcmp(each->name, name) == 0)
            return each->value;
    return NULL;
}

static void a_list_is_a_page(void **state)
{
    struct bag bags[] = { { 1, "SB00001" }, { 2, "SB00002" } };
    const struct list full = { bags, 2 }, empty = { NULL, 0 };

    (void)state;
    assert_true(reply_list(&call, &reply, &bag_shape, &full, "c2"));
    assert_int_equal(reply.status, 200);
    assert_string_equal(reply.type, "application/json");
    assert_string_equal(reply.body,
        "{\"items\":[{\"id\":1,\"qr\":\"SB00001\"},{\"id\":2,\"qr\":\"SB00002\"}],"
        "\"next\":\"c2\",\"total\":null}");
    assert_true(reply_list(&call, &reply, &bag_shape, &empty, NULL));
    assert_string_equal(reply.body, "{\"items\":[],\"next\":null,\"total\":null}");
    assert_int_equal(reply.length, strlen(reply.body));
}

static void a_problem_is_told_by_its_fault(void **state)
{
    (void)state;
    (void)fail(&call, FAULT_NOT_FOUND, "for the log only");
    reply_problem(&call, &reply);
    assert_int_equal(reply.status, 404);
    assert_string_equal(reply.type, "application/problem+json");
    assert_string_equal(reply.body,
        "{\"type\":\"/problems/not_found\",\"title\":\"No such thing here.\",\"status\":404,"
        "\"reason\":\"not_found\",\"params\":{},\"request_id\":\"r-1\"}");
}

static void a_problem_may_have_a_detail_and_fields(void **state)
{
    (void)state;
    (void)fail_field(&call, "qr", MISSING);
    (void)fail_field(&call, "scans[3].at", TOO_LONG, .most = 40);
    (void)fail_because(&call, FACTOR_NONE, .username = "\"Ada\"");
    reply_problem(&call, &reply);
    assert_int_equal(reply.status, 409);
    assert_non_null(
        strstr(reply.body, "\"reason\":\"factor_none\",\"params\":{\"username\":\"\\\"Ada\\\"\"}"));
    assert_non_null(strstr(reply.body, "\"detail\":\"\\\"Ada\\\" has no second factor.\""));
    assert_non_null(strstr(reply.body,
        "\"errors\":[{\"field\":\"qr\",\"reason\":\"missing\",\"params\":{},"
        "\"message\":\"is missing\"},"
        "{\"field\":\"scans[3].at\",\"reason\":\"too_long\",\"params\":{\"most\":40},"
        "\"message\":\"must be at most 40 characters\"}]"));
}

static void a_problem_says_when_to_come_back(void **state)
{
    (void)state;
    (void)fail(&call, FAULT_TOO_OFTEN, "rate");
    call.fault.retry_seconds = 7;
    reply_problem(&call, &reply);
    assert_string_equal(header("Retry-After"), "7");
    forget(NULL);
    (void)fail(&call, FAULT_DATABASE, "away");
    reply_problem(&call, &reply);
    assert_string_equal(header("Retry-After"), "1");
    forget(NULL);
    (void)fail(&call, FAULT_SIGNED_OUT, "no");
    reply_problem(&call, &reply);
    assert_non_null(header("WWW-Authenticate"));
}

/* 2,000 bytes fit, and the cut goes through the last character. */
static void words_that_were_cut_stay_text(void **state)
{
    char words[3000] = "x";

    (void)state;
    for (int i = 0; i < 1200; i++)
        strcat(words, "\xc3\xa4");
    (void)fail_because(&call, PARENT_EMPTY, .parent = words);
    reply_problem(&call, &reply);
    assert_null(strstr(reply.body, "\xc3 "));
    assert_non_null(strstr(reply.body, "\xc3\xa4 is empty.\""));
}

static void nothing_is_an_answer_as_well(void **state)
{
    (void)state;
    reply_header(&call, &reply, "X-A", "1");
    assert_true(reply_empty(&reply));
    assert_int_equal(reply.status, 204);
    assert_null(reply.type);
    assert_string_equal(header("X-A"), "1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_list_is_a_page, forget, forget),
        cmocka_unit_test_setup_teardown(a_problem_is_told_by_its_fault, forget, forget),
        cmocka_unit_test_setup_teardown(a_problem_may_have_a_detail_and_fields, forget, forget),
        cmocka_unit_test_setup_teardown(a_problem_says_when_to_come_back, forget, forget),
        cmocka_unit_test_setup_teardown(words_that_were_cut_stay_text, forget, forget),
        cmocka_unit_test_setup_teardown(nothing_is_an_answer_as_well, forget, forget),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
