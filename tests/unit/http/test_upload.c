#include "http/upload.h"

#include <stdlib.h>

#include "base/scratch.h"
#include "http/request_parts.h"
#include "test.h"

#define FORM_TYPE "multipart/form-data; boundary=XyZ"

static const struct route route = { .path = "/api/imports/bags", .body_max = 8 * MIB };

static struct call call;
static struct request request;
static struct upload upload;
static struct list parts;

static int forget(void **state)
{
    (void)state;
    arena_free(&call.arena);
    call = (struct call){ 0 };
    request = (struct request){ .route = &route };
    request.headers[HEADER_CONTENT_TYPE] = FORM_TYPE;
    return 0;
}

static bool reads(const char *body)
{
    forget(NULL);
    assert_true(request_take_body(&call, &request, body, strlen(body)));
    return request_form(&call, &request, &upload, &parts);
}

static const struct upload_part *part(size_t i)
{
    assert_true(i < parts.count);
    return (const struct upload_part *)parts.items + i;
}

static const char *text_of(size_t i)
{
    const char *text = NULL;

    assert_true(upload_text(&call, &upload, part(i), 100, &text));
    return text;
}

static void a_form_has_fields_and_files(void **state)
{
    (void)state;
    assert_true(reads("--XyZ\r\nContent-Disposition: form-data; name=\"area\"\r\n\r\nNorth\r\n"
                      "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; "
                      "filename=\"C:\\lists\\b\xc3\xa4gs; name=x.csv\"\r\n"
                      "Content-Type: text/csv\r\n\r\na,b\r\n\r\n--Xy\r\n\r\n--XyZ\r\n"
                      "content-disposition: form-data; name=empty\r\n\r\n\r\n--XyZ--\r\nafter"));
    assert_int_equal(parts.count, 3);
    assert_string_equal(part(0)->name, "area");
    assert_null(part(0)->filename);
    assert_string_equal(part(0)->type, "");
    assert_string_equal(text_of(0), "North");
    assert_string_equal(part(1)->name, "file");
    assert_string_equal(part(1)->filename, "b\xc3\xa4gs; name=x.csv");
    assert_string_equal(part(1)->type, "text/csv");
    assert_string_equal(text_of(1), "a,b\r\n\r\n--Xy\r\n");
    assert_string_equal(part(2)->name, "empty");
    assert_string_equal(text_of(2), "");
}

static void an_order_of_parameters_does_not_matter(void **state)
{
    (void)state;
    assert_true(
        reads("--XyZ\r\nContent-Disposition: form-data; filename=\"a; name=b\"; name=\"c\"\r\n"
              "\r\n\r\n--XyZ--"));
    assert_string_equal(part(0)->name, "c");
    assert_string_equal(part(0)->filename, "a; name=b");
}

static void malformed_forms_are_refused(void **state)
{
    static const char *const bodies[] = { "x", "--XyZ", "--XyZ\r\n", "--XyZ\r\n\r\n", "--Xy--",
        "\r\n--XyZ--", "--XyZjunk\r\n",
        "--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\nno end",
        "--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--XyZ",
        "--XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XyZ--",
        "--XyZ\r\nContent-Type: text/csv\r\n\r\nx\r\n--XyZ--",
        "--XyZ\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\nx\r\n--XyZ--" };

    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        assert_false(reads(bodies[i]));
        assert_int_equal(call.fault.code, FAULT_BAD_INPUT);
    }
    assert_true(reads("--XyZ--"));
    assert_int_equal(parts.count, 0);
}

static void a_form_has_a_boundary(void **state)
{
    static const char *const types[] = { "multipart/form-data",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
        "multipart/form-data; x" };

    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        forget(NULL);
        request.headers[HEADER_CONTENT_TYPE] = types[i];
        assert_true(request_take_body(&call, &request, "--", 2));
        assert_false(request_form(&call, &request, &upload, &parts));
        assert_int_equal(call.fault.code, FAULT_BAD_INPUT);
    }
    request.headers[HEADER_CONTENT_TYPE] = "application/json";
    assert_false(request_form(&call, &request, &upload, &parts));
    assert_int_equal(call.fault.code, FAULT_BAD_TYPE);
    forget(NULL);
    assert_false(request_form(&call, &request, &upload, &parts));
    assert_int_equal(call.fault.code, FAULT_BAD_INPUT);
}

static void there_may_not_be_too_many_parts(void **state)
{
    char body[8000] = "--XyZ";

    (void)state;
    for (int i = 0; i <= UPLOAD_PARTS_MAX; i++)
        strcat(body, "\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--XyZ");
    strcat(body, "--");
    assert_false(reads(body));
}

/* Marks are found wherever they lie across the pieces that are searched. */
static void a_large_file_is_found_whole(void **state)
{
    static const char head[] = "--XyZ\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n";
    char *bytes = calloc(1, 70000);

    (void)state;
    memset(bytes, '\r', 70000);
    for (int length = 65400; length < 65600; length++) {
        forget(NULL);
        assert_true(request_take_body(&call, &request, head, sizeof head - 1));
        assert_true(request_take_body(&call, &request, bytes, (size_t)length));
        assert_true(request_take_body(&call, &request, "\r\n--XyZ--", 9));
        assert_true(request_form(&call, &request, &upload, &parts));
        assert_int_equal(part(0)->length, length);
    }
    free(bytes);
}

static void a_field_has_a_limit(void **state)
{
    const char *text;

    (void)state;
    assert_true(reads("--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\n12345\r\n"
                      "--XyZ\r\nContent-Disposition: form-data; name=b\r\n\r\n\xff\r\n--XyZ--"));
    assert_false(upload_text(&call, &upload, part(0), 4, &text));
    assert_string_equal(call.fault.fields->words.english, "must be at most 4 characters");
    assert_false(upload_text(&call, &upload, part(1), 4, &text));
    assert_string_equal(call.fault.fields->next->words.english, "must be text");
}

static void an_upload_has_its_routes_limit(void **state)
{
    char *bytes = calloc(1, 1048576);

    (void)state;
    for (int i = 0; i < 8; i++)
        assert_true(request_take_body(&call, &request, bytes, 1048576));
    assert_false(request_take_body(&call, &request, bytes, 1));
    assert_int_equal(call.fault.code, FAULT_TOO_LARGE);
    assert_null(request.body);
    free(bytes);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    (void)state;
    scratch_folder_set("/nowhere/at/all");
    assert_false(request_take_body(&call, &request, "x", 1));
    assert_int_equal(call.fault.code, FAULT_INTERNAL);
    scratch_folder_set(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_form_has_fields_and_files, forget, forget),
        cmocka_unit_test_setup_teardown(an_order_of_parameters_does_not_matter, forget, forget),
        cmocka_unit_test_setup_teardown(malformed_forms_are_refused, forget, forget),
        cmocka_unit_test_setup_teardown(a_form_has_a_boundary, forget, forget),
        cmocka_unit_test_setup_teardown(there_may_not_be_too_many_parts, forget, forget),
        cmocka_unit_test_setup_teardown(a_large_file_is_found_whole, forget, forget),
        cmocka_unit_test_setup_teardown(a_field_has_a_limit, forget, forget),
        cmocka_unit_test_setup_teardown(an_upload_has_its_routes_limit, forget, forget),
        cmocka_unit_test_setup_teardown(a_folder_that_is_not_there_is_told, forget, forget),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
