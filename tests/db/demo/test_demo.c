/*
 * Made-up data is like real data: all that is kept about it is what counting gives, and filling the
 * tables leaves no mark on the schema.
 */
#include "demo/demo.h"

#include <libpq-fe.h>
#include <stdio.h>

#include "base/text.h"
#include "db/db.h"
#include "db/harness.h"
#include "stats/recount.h"
#include "test.h"

#define BAGS 30000

static const struct demo_settings settings = {
    .bags = BAGS, .seed = 7, .password = "correct horse battery"
};
static struct demo_stats stats;

/* What pg_dump says of the schema, but for the lines that differ every time. */
static char *schema(struct arena *arena)
{
    const char *command = arena_format(
        arena, "pg_dump -s \"%s\" | grep -v '^.\\(un\\)*restrict '", harness_database());
    FILE *dump = popen(command, "r");
    char line[4000];
    char *text = arena_text(arena, "");
    size_t length = 0, room = 0;

    assert_non_null(dump);
    while (fgets(line, sizeof line, dump)) {
        const size_t more = strlen(line);

        if (length + more >= room) {
            char *larger = arena_alloc(arena, room = 2 * (length + more) + 1, 1);

            memcpy(larger, text, length);
            text = larger;
        }
        memcpy(text + length, line, more);
        length += more;
    }
    assert_int_equal(pclose(dump), 0);
    return text;
}

static int64_t number(const char *sql)
{
    PGconn *conn = PQconnectdb(harness_database());
    PGresult *result = PQexec(conn, sql);
    int64_t value = -1;

    assert_int_equal(PQntuples(result), 1);
    assert_true(text_to_i64(PQgetvalue(result, 0, 0), INT64_MIN, INT64_MAX, &value));
    PQclear(result);
    PQfinish(conn);
    return value;
}

static void filling_leaves_the_schema_as_it_was(void **state)
{
    struct call call = { .org_id = 0 };
    struct arena arena = { NULL, NULL };
    const char *before = schema(&arena);

    (void)state;
    if (!demo_fill(&call, harness_database(), &settings, &stats))
        assert_string_equal(call.fault.detail, "");
    assert_true(strlen(before) > 10000);
    assert_string_equal(schema(&arena), before);
    arena_free(&call.arena);
    arena_free(&arena);
}

static void there_are_as_many_bags_as_asked_for(void **state)
{
    (void)state;
    assert_int_equal(stats.parents, BAGS / 30);
    assert_int_equal(stats.parents + stats.children, BAGS);
    assert_int_equal(number("SELECT count(*) FROM bag"), BAGS);
    assert_int_equal(number("SELECT last_value FROM bag_id_seq"), BAGS);
}

static void every_figure_is_what_counting_gives(void **state)
{
    struct call call = { .db = db_open(harness_database(), "test") };
    struct list differences;

    (void)state;
    assert_true(db_begin(&call));
    assert_true(recount_differences(&call, &differences));
    assert_int_equal(differences.count, 0);

    db_rollback(&call);
    db_close(call.db);
    arena_free(&call.arena);
}

static void the_hours_are_those_of_the_scans(void **state)
{
    (void)state;
    assert_int_equal(
        number("SELECT count(*)"
               "  FROM (SELECT (at AT TIME ZONE 'Asia/Kolkata')::date AS day,"
               "               extract(hour FROM at AT TIME ZONE 'Asia/Kolkata') AS hour,"
               "               count(*) FILTER (WHERE kind <> 'finish') AS scans,"
               "               count(*) FILTER (WHERE kind = 'link') AS linked"
               "          FROM scan GROUP BY 1, 2) s"
               "  FULL JOIN counter_hour c USING (day, hour)"
               " WHERE (c.scans, c.linked) IS DISTINCT FROM"
               "       (COALESCE(s.scans, 0), COALESCE(s.linked, 0))"),
        0);
}

static void a_year_is_like_a_year(void **state)
{
    (void)state;
    assert_true(stats.completed > stats.parents * 9 / 10);
    assert_true(stats.in_progress > 0);
    assert_true(stats.parents > stats.completed + stats.in_progress);
    assert_true(stats.bills > stats.bills_done && stats.bills_done > 0);
    assert_int_equal(number("SELECT count(*) FROM scan_default"), 0);
    assert_int_equal(number("SELECT count(*) FROM scan WHERE at > now()"), 0);
    assert_true(number("SELECT count(DISTINCT date_trunc('month', at)) FROM scan") >= 12);
    assert_int_equal(number("SELECT count(*) FROM scan s JOIN bag b ON b.id = s.child_id"
                            " WHERE b.created_at <> s.at OR b.parent_id <> s.parent_id"),
        0);
}

static void a_difference_is_found_and_named(void **state)
{
    struct call call = { .db = db_open(harness_database(), "test") };
    struct list differences;

    (void)state;
    harness_run(harness_database(),
        "UPDATE counter SET linked = linked + 1; UPDATE bag SET weight_g = 1 WHERE code = "
        "'SB00000'");
    assert_true(db_begin(&call));
    assert_true(recount_differences(&call, &differences));
    assert_int_equal(differences.count, 3); /* the bill that it is on weighs something else, too */

    const struct recount_difference *found = differences.items;

    assert_string_equal(found[0].figure, "linked");
    assert_int_equal(found[0].kept, found[0].counted + 1);
    assert_string_equal(found[1].figure, "SB00000 weight_g");

    db_rollback(&call);
    db_close(call.db);
    arena_free(&call.arena);
}

static void a_database_with_bags_is_refused(void **state)
{
    struct call call = { .org_id = 0 };
    struct demo_stats none;

    (void)state;
    assert_false(demo_fill(&call, harness_database(), &settings, &none));
    assert_int_equal(call.fault.code, FAULT_REFUSED);
    arena_free(&call.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filling_leaves_the_schema_as_it_was),
        cmocka_unit_test(there_are_as_many_bags_as_asked_for),
        cmocka_unit_test(every_figure_is_what_counting_gives),
        cmocka_unit_test(the_hours_are_those_of_the_scans),
        cmocka_unit_test(a_year_is_like_a_year),
        cmocka_unit_test(a_database_with_bags_is_refused),
        cmocka_unit_test(a_difference_is_found_and_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
