/*
 * What people are told.
 */
#include "notice/notice.h"

#include "db/lists.h"
#include "db/people.h"
#include "list/listing_page.h"
#include "test.h"

static const struct notice_filter everything = { .span.count = 10, .after_id = NO_I64 };

static enum fault_code send(const char *username, const char *who)
{
    return FAULT_OF(notice_send(&call, id_of(username), PROMOTION_ASKED, .username = who));
}

static const struct notice *notice_at(const struct list *notices, size_t i)
{
    return (const struct notice *)notices->items + i;
}

static void unread_notices_come_first_then_the_newest(void **state)
{
    struct listing_page page = { .next = NULL };
    struct list all = { .count = 0 };
    int64_t count = 0;

    (void)state;
    for (int i = 0; i < 6; i++)
        assert_int_equal(
            send("dev", (const char *[]){ "a", "b", "c", "d", "e", "f" }[i]), FAULT_NONE);
    assert_int_equal(send("bina", "hers"), FAULT_NONE);
    as("dev");
    assert_int_equal(FAULT_OF(notice_list(&call, &everything, &all)), FAULT_NONE);
    assert_int_equal(all.count, 6);
    assert_int_equal(FAULT_OF(notice_mark_read(&call, notice_at(&all, 0)->id)), FAULT_NONE);
    assert_int_equal(FAULT_OF(notice_mark_read(&call, notice_at(&all, 0)->id)), FAULT_NONE);
    assert_int_equal(FAULT_OF(notice_mark_read(&call, notice_at(&all, 3)->id)), FAULT_NONE);
    assert_int_equal(FAULT_OF(notice_count_unread(&call, &count)), FAULT_NONE);
    assert_int_equal(count, 4);

    char order[7] = "";

    do {
        assert_true(list_ask(&call, &notice_listing, "", page.next, 1, &page));
        strncat(order, notice_at(&page.rows, 0)->message, 1);
    } while (page.next);
    assert_string_equal(order, "edbafc");
    assert_int_equal(
        FAULT_OF(list_ask(&call, &notice_listing, "", "2.1", 1, &page)), FAULT_BAD_FIELDS);
    assert_int_equal(
        FAULT_OF(list_ask(&call, &notice_listing, "", "0.x", 1, &page)), FAULT_BAD_FIELDS);
    assert_int_equal(FAULT_OF(notice_mark_all_read(&call, &count)), FAULT_NONE);
    assert_int_equal(count, 4);
}

static void a_notice_is_ones_own(void **state)
{
    struct list notices;

    (void)state;
    assert_int_equal(send("bina", "hers"), FAULT_NONE);
    as("bina");
    assert_int_equal(FAULT_OF(notice_list(&call, &everything, &notices)), FAULT_NONE);

    const int64_t id = notice_at(&notices, 0)->id;

    as("dev");
    assert_int_equal(FAULT_OF(notice_mark_read(&call, id)), FAULT_NOT_FOUND);
    assert_int_equal(FAULT_OF(notice_delete(&call, id)), FAULT_NOT_FOUND);
    as("bina");
    assert_int_equal(FAULT_OF(notice_delete(&call, id)), FAULT_NONE);
    assert_int_equal(FAULT_OF(notice_delete(&call, id)), FAULT_NOT_FOUND);
}

static void only_the_newest_notices_are_kept(void **state)
{
    (void)state;
    run("INSERT INTO notification (org_id, user_id, title, message)"
        " SELECT 1, id, 'old', n::text FROM users, generate_series(1, 320) n"
        "  WHERE username = 'dev'");
    assert_int_equal(send("dev", "new"), FAULT_NONE);
    assert_int_equal(count_of("SELECT count(*) FROM notification"), 300);
    assert_int_equal(count_of("SELECT count(*) FROM notification WHERE kind IS NOT NULL"), 1);
    assert_int_equal(
        count_of("SELECT min(message::integer) FROM notification WHERE title = 'old'"), 22);
}

static void a_notice_is_stored_as_kind_and_parameters_and_worded_when_read(void **state)
{
    struct list notices;

    (void)state;
    assert_int_equal(send("dev", "Zo\u00eb \"Z\""), FAULT_NONE);
    assert_int_equal(count_of("SELECT count(*) FROM notification WHERE kind = 'promotion_asked'"
                              " AND params = '{\"username\": \"Zo\u00eb \\\"Z\\\"\"}'"
                              " AND title IS NULL AND message IS NULL AND link = '/promotions'"),
        1);
    as("dev");
    assert_int_equal(FAULT_OF(notice_list(&call, &everything, &notices)), FAULT_NONE);
    assert_int_equal(notice_at(&notices, 0)->kind, NOTICE_PROMOTION_ASKED);
    assert_string_equal(notice_at(&notices, 0)->title, "Somebody asks to be an administrator");
    assert_string_equal(
        notice_at(&notices, 0)->message, "Zo\u00eb \"Z\" has asked to become an administrator.");
}

static void notices_from_before_the_kinds_keep_their_text(void **state)
{
    struct list notices;

    (void)state;
    run("INSERT INTO notification (org_id, user_id, title, message)"
        " SELECT 1, id, 'A title', 'A {message}' FROM users WHERE username = 'dev'");
    as("dev");
    assert_int_equal(FAULT_OF(notice_list(&call, &everything, &notices)), FAULT_NONE);
    assert_int_equal(notice_at(&notices, 0)->kind, NOTICE_NONE);
    assert_string_equal(notice_at(&notices, 0)->title, "A title");
    assert_string_equal(notice_at(&notices, 0)->message, "A {message}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PEOPLE(unread_notices_come_first_then_the_newest),
        WITH_PEOPLE(a_notice_is_ones_own),
        WITH_PEOPLE(only_the_newest_notices_are_kept),
        WITH_PEOPLE(a_notice_is_stored_as_kind_and_parameters_and_worded_when_read),
        WITH_PEOPLE(notices_from_before_the_kinds_keep_their_text),
    };

    return cmocka_run_group_tests(tests, people_open, people_close);
}
