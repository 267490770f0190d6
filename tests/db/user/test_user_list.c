/*
 * Looking at people: the list, what one of them has done, and the areas they belong to.
 */
#include "user/user_list.h"

#include "area/area.h"
#include "db/people.h"
#include "test.h"
#include "user/activity.h"

static struct user user;

static enum fault_code alter(const char *username, struct user_edit edit)
{
    return FAULT_OF(user_update(&call, id_of(username), &edit, &user));
}

static struct list list_of(struct user_filter filter)
{
    struct list users = { .count = 0 };

    filter.span.count = filter.span.count ? filter.span.count : 50;
    assert_int_equal(FAULT_OF(user_list(&call, &filter, &users)), FAULT_NONE);
    return users;
}

static const char *name_in(struct list users, size_t i)
{
    return ((const struct user *)users.items)[i].username;
}

static void the_list_is_filtered_and_goes_on(void **state)
{
    (void)state;
    as("ada");
    assert_int_equal(list_of((struct user_filter){ .q = NULL }).count, 4);
    assert_int_equal(list_of((struct user_filter){ .q = "A" }).count, 4);
    assert_int_equal(list_of((struct user_filter){ .q = "AMAR@" }).count, 1);
    assert_int_equal(list_of((struct user_filter){ .q = "%" }).count, 0);
    assert_int_equal(list_of((struct user_filter){ .role = "admin" }).count, 2);
    assert_int_equal(list_of((struct user_filter){ .area = "LUCKNOW" }).count, 1);
    assert_int_equal(list_of((struct user_filter){ .state = "waiting" }).count, 0);

    const struct list first = list_of((struct user_filter){ .span.count = 2 });

    assert_string_equal(name_in(first, 0), "ada");
    assert_string_equal(name_in(first, 1), "amar");

    const struct list next =
        list_of((struct user_filter){ .after = name_in(first, 1), .span.count = 2 });

    assert_string_equal(name_in(next, 0), "bina");
    assert_string_equal(name_in(next, 1), "dev");
    assert_int_equal(FAULT_OF(user_delete(&call, id_of("bina"))), FAULT_NONE);
    assert_int_equal(list_of((struct user_filter){ .q = NULL }).count, 3);
    assert_int_equal(list_of((struct user_filter){ .state = "deleted" }).count, 1);
}

static void activity_is_counted_by_day(void **state)
{
    struct activity activity;

    (void)state;
    run("DELETE FROM scan;"
        "INSERT INTO scan (org_id, id, at, parent_id, child_id, user_id, kind, verdict)"
        " SELECT 1, gen_random_uuid(), date_trunc('day', now() AT TIME ZONE 'Asia/Kolkata')"
        "        AT TIME ZONE 'Asia/Kolkata' - d * interval '1 day' + interval '9 hours 1 minute',"
        "        1, 10 + d, u.id, 'link', CASE WHEN d < 3 THEN 'linked' ELSE 'elsewhere' "
        "END::scan_verdict"
        "   FROM generate_series(1, 40) d, users u WHERE u.username = 'dev'");
    as("ada");
    assert_int_equal(FAULT_OF(activity_find(&call, id_of("dev"), &activity)), FAULT_NONE);

    const struct activity_day *days = activity.days.items;

    assert_int_equal(activity.days.count, 30);
    assert_int_equal(days[29].scans, 0);
    assert_int_equal(days[28].scans, 1);
    assert_int_equal(days[28].linked, 1);
    assert_int_equal(activity.scans, 29);
    assert_int_equal(activity.linked, 2);
    assert_int_equal(activity.bags, 30);
    assert_int_equal(activity.busiest_hour, 9);
    assert_int_equal(FAULT_OF(activity_find(&call, id_of("bina"), &activity)), FAULT_NONE);
    assert_int_equal(activity.scans, 0);
    assert_true(activity.busiest_hour == NO_I64);
    run("DELETE FROM scan");
}

static void activity_ends_with_what_was_done_last(void **state)
{
    struct activity activity;

    (void)state;
    as("ada");
    for (int i = 0; i < 10; i++) {
        assert_int_equal(alter("dev", (struct user_edit){ .area = "Akola" }), FAULT_NONE);
        assert_int_equal(alter("dev", (struct user_edit){ .area = "" }), FAULT_NONE);
    }
    assert_int_equal(FAULT_OF(activity_find(&call, id_of("ada"), &activity)), FAULT_NONE);
    assert_int_equal(activity.notes.count, 15);
    assert_string_equal(((const struct activity_note *)activity.notes.items)->action, "user_edit");
}

static void an_area_in_use_stays(void **state)
{
    struct area area, other;
    struct list areas;

    (void)state;
    as("ada");
    assert_int_equal(FAULT_OF(area_create(&call, "Nowhere", &area)), FAULT_NONE);
    assert_int_equal(FAULT_OF(area_create(&call, "NOWHERE", &other)), FAULT_BAD_FIELDS);
    assert_int_equal(FAULT_OF(area_create(&call, "\uff2e\uff2fwhere", &other)), FAULT_BAD_FIELDS);
    assert_int_equal(FAULT_OF(area_create(&call, "", &other)), FAULT_BAD_FIELDS);
    assert_int_equal(FAULT_OF(area_create(&call, " a", &other)), FAULT_BAD_FIELDS);
    assert_int_equal(FAULT_OF(area_rename(&call, area.id, "lucknow", &other)), FAULT_BAD_FIELDS);
    assert_int_equal(FAULT_OF(area_rename(&call, area.id + 1000, "x", &other)), FAULT_NOT_FOUND);
    assert_int_equal(FAULT_OF(area_rename(&call, area.id, "NoWhere", &area)), FAULT_NONE);
    assert_string_equal(area.name, "NoWhere");
    assert_int_equal(FAULT_OF(area_list(&call, &areas)), FAULT_NONE);
    assert_int_equal(areas.count, 11);

    assert_int_equal(alter("dev", (struct user_edit){ .area = "nowhere" }), FAULT_NONE);
    assert_int_equal(FAULT_OF(area_delete(&call, area.id)), FAULT_REFUSED);
    assert_non_null(strstr(call.fault.words.english, "1 person belongs to NoWhere"));
    assert_int_equal(alter("dev", (struct user_edit){ .area = "" }), FAULT_NONE);

    run("INSERT INTO bag (org_id, kind, code, area_id)"
        " SELECT 1, 'child', 'AREA' || n, id FROM area, generate_series(1, 2) n"
        "  WHERE name = 'NoWhere'");
    assert_int_equal(FAULT_OF(area_delete(&call, area.id)), FAULT_REFUSED);
    assert_non_null(strstr(call.fault.words.english, "2 bags are of NoWhere"));
    run("DELETE FROM bag WHERE code ~ '^AREA'");
    assert_int_equal(FAULT_OF(area_delete(&call, area.id)), FAULT_NONE);
    assert_int_equal(FAULT_OF(area_delete(&call, area.id)), FAULT_NOT_FOUND);
    assert_int_equal(count_of("SELECT count(*) FROM audit_log WHERE entity = 'area'"), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PEOPLE(the_list_is_filtered_and_goes_on),
        WITH_PEOPLE(activity_is_counted_by_day),
        WITH_PEOPLE(activity_ends_with_what_was_done_last),
        WITH_PEOPLE(an_area_in_use_stays),
    };

    return cmocka_run_group_tests(tests, people_open, people_close);
}
