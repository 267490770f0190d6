/*
 * The audit log: what is kept of a note, and how notes are found.
 */
#include "audit/audit.h"

#include "audit/anonymise.h"
#include "auth/org_settings.h"
#include "base/text.h"

#include "db/lists.h"
#include "db/notes.h"
#include "db/secrets.h"
#include "list/listing_page.h"
#include "test.h"

#define WITH_ORG(test) cmocka_unit_test_setup_teardown(test, notes_begin, notes_end)

static void addresses_lose_their_end_and_emails_their_name(void **state)
{
    static const char *const addresses[][2] = {
        { "192.0.2.77", "192.0.2.0" },
        { "2001:db8:1:2:3:4:5:6", "2001:db8:1::" },
        { "::ffff:198.51.100.9", "198.51.100.0" },
        { "fe80::1%eth0", "fe80::" },
        { "", "" },
        { "somewhere", "" },
    };
    static const char *const texts[][2] = {
        { "ask ada.b@example.org, or bo@x.example", "ask a***@example.org, or b***@x.example" },
        { "{\"to\":\"\\u00e9\\nada@example.org\"}", "{\"to\":\"\\u00e9\\na***@example.org\"}" },
        { "\xc3\xa9va@example.org", "\xc3\xa9***@example.org" },
        { "a@b@c.example", "a***@b***@c.example" },
        { "5 @ 10, @home, x@", "5 @ 10, @home, x@" },
        { "@", "@" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(addresses); i++)
        assert_string_equal(anonymise_address(&call.arena, addresses[i][0]), addresses[i][1]);
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        assert_string_equal(anonymise_text(&call.arena, texts[i][0], true), texts[i][1]);
    assert_string_equal(anonymise_text(&call.arena, "\\nada@x.example", false), "\\n***@x.example");
    assert_null(anonymise_text(&call.arena, NULL, true));
}

static const struct audit_row *only_row(void)
{
    struct listing_page page;

    assert_true(list_ask(&call, &audit_listing, "", NULL, 1, &page));
    assert_int_equal(page.rows.count, 1);
    return page.rows.items;
}

static void a_note_is_anonymised_unless_the_setting_is_off(void **state)
{
    static const char after[] = "{\"email\": \"ada@example.org\"}";
    static const char *const public_message[] = { "ada@example.org", "192.0.2.7" };

    (void)state;
    assert_true(audit_note(&call, AUDIT_USER_CREATE, 7, NULL, after, "by bo@example.org"));
    assert_string_equal(only_row()->after, "{\"email\": \"a***@example.org\"}");
    assert_string_equal(only_row()->reason, "by b***@example.org");
    assert_string_equal(only_row()->address, "192.0.2.0");
    assert_string_equal(only_row()->request_id, "request-test");
    assert_int_equal(
        secrets_in_audit_log(notes_owner(), public_message, COUNT_OF(public_message)), 0);

    org_settings_defaults()->anonymise = false;
    assert_true(audit_note(&call, AUDIT_USER_CREATE, 7, NULL, after, "by bo@example.org"));
    assert_string_equal(only_row()->after, after);
    assert_string_equal(only_row()->address, "192.0.2.7");
    assert_int_equal(
        secrets_in_audit_log(notes_owner(), public_message, COUNT_OF(public_message)), 2);
}

static void secrets_are_found_wherever_they_are(void **state)
{
    static const char *const secrets[] = { "hunter\"2" };

    (void)state;
    assert_true(note_write(&call, 1));
    assert_int_equal(secrets_in_audit_log(notes_owner(), secrets, 1), 0);
    assert_true(audit_note(&call, AUDIT_PROFILE, 0, "{\"p\":\"hunter\\\"2\"}", NULL, NULL));
    assert_true(audit_note(&call, AUDIT_PROFILE, 0, NULL, NULL, "hunter\"2"));
    assert_int_equal(secrets_in_audit_log(notes_owner(), secrets, 1), 2);
}

static size_t found(const char *query)
{
    size_t pages;

    return list_count(&call, &audit_listing, query, 100, &pages);
}

static void each_filter_finds_its_notes(void **state)
{
    (void)state;
    as_owner("INSERT INTO users (org_id, username, password_hash, role)"
             " VALUES (" ORG ", 'ada', 'scrypt:x', 'admin')");
    as_owner("WITH a AS (SELECT * FROM users WHERE username = 'ada' AND org_id = " ORG ")"
             " INSERT INTO audit_log (org_id, at, user_id, action, entity)"
             " SELECT org_id, m::timestamptz, CASE WHEN n % 2 = 0 THEN id END, action, entity"
             " FROM a, (VALUES (1, now() - interval '3 days', 'bill.close', 'bill'),"
             "                 (2, now() - interval '2 days', 'bill.open', 'bill'),"
             "                 (3, now() - interval '1 day', 'sign_in', 'user'),"
             "                 (4, now(), 'sign_in', 'user')) AS v (n, m, action, entity)");

    assert_int_equal(found(""), 4);
    assert_int_equal(found("user=ADA"), 2);
    assert_int_equal(found("user=ada&action=sign_in"), 1);
    assert_int_equal(found("user=ada&entity=bill"), 1);
    assert_int_equal(found("user=nobody"), 0);
    assert_int_equal(found("action=sign_in"), 2);
    assert_int_equal(found("action=sign_in&entity=bill"), 0);
    assert_int_equal(found("entity=bill"), 2);
    assert_int_equal(found("from=2020-01-01&to=2020-01-02"), 0);
    assert_int_equal(found("from=2020-01-01"), 4);
}

static void pages_follow_each_other_without_a_gap(void **state)
{
    struct listing_page page = { .next = NULL };
    int64_t expected = 8;

    (void)state;
    notes_write(8);
    do {
        assert_true(list_ask(&call, &audit_listing, "", page.next, 3, &page));
        for (size_t i = 0; i < page.rows.count; i++)
            assert_int_equal(((const struct audit_row *)page.rows.items)[i].entity_id, expected--);
    } while (page.next);
    assert_int_equal(expected, 0);

    assert_false(list_ask(&call, &audit_listing, "", "yesterday", 3, &page));
    assert_int_equal(call.fault.code, FAULT_BAD_FIELDS);
}

static void assert_named(enum audit_action action, int64_t id, const char *name)
{
    assert_true(audit_note(&call, action, id, NULL, NULL, NULL));
    if (name)
        assert_string_equal(only_row()->name, name);
    else
        assert_null(only_row()->name);
}

static void a_thing_is_called_what_it_is_called_now(void **state)
{
    (void)state;
    as_owner("INSERT INTO area (org_id, id, name, name_key) OVERRIDING SYSTEM VALUE"
             " VALUES (" ORG ", 1, 'North', 'NORTH')");
    as_owner("INSERT INTO bag_family (org_id, id, name, prefix, pattern, name_key)"
             " VALUES (" ORG ", 2, 'mustard', 'SB', '^SB$', 'MUSTARD')");
    as_owner("INSERT INTO users (org_id, id, username, password_hash, role)"
             " OVERRIDING SYSTEM VALUE VALUES (" ORG ", 3, 'ada', 'scrypt:x', 'biller')");
    as_owner("INSERT INTO promotion_request (org_id, id, user_id, reason)"
             " OVERRIDING SYSTEM VALUE VALUES (" ORG ", 4, 3, 'for the books')");
    as_owner("INSERT INTO bill (org_id, id, code, capacity)"
             " OVERRIDING SYSTEM VALUE VALUES (" ORG ", 5, 'BILL-5', 3)");
    as_owner("INSERT INTO bag (org_id, id, code, kind) VALUES (" ORG ", 6, 'KID00006', 'child')");

    assert_named(AUDIT_AREA_EDIT, 1, "North");
    assert_named(AUDIT_FAMILY_EDIT, 2, "mustard");
    assert_named(AUDIT_USER_EDIT, 3, "ada");
    assert_named(AUDIT_PROMOTION_ASK, 4, "ada");
    assert_named(AUDIT_BILL_EDIT, 5, "BILL-5");
    assert_named(AUDIT_BAG_CREATE, 6, "KID00006");
    assert_named(AUDIT_BAG_CREATE, 7, NULL);
    assert_named(AUDIT_SESSION_END, 3, NULL);
    as_owner("UPDATE area SET name = 'South' WHERE org_id = " ORG);
    assert_named(AUDIT_AREA_EDIT, 1, "South");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ORG(addresses_lose_their_end_and_emails_their_name),
        WITH_ORG(a_note_is_anonymised_unless_the_setting_is_off),
        WITH_ORG(secrets_are_found_wherever_they_are),
        WITH_ORG(each_filter_finds_its_notes),
        WITH_ORG(a_thing_is_called_what_it_is_called_now),
        WITH_ORG(pages_follow_each_other_without_a_gap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
