/*
 * The session, with statements of the test's own: $1 is the organisation in them, too.
 */
#include "db/db_args.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "db/harness.h"
#include "test.h"

#define ORG 7

/* clang-format off */
static const struct db_query MAKE = { "make",
    "INSERT INTO thing (org_id, name) VALUES ($1, $2)", 2, NULL };
static const struct db_query MAKE_LATE = { "make_late",
    "INSERT INTO late (org_id, name) VALUES ($1, $2)", 2, NULL };
static const struct db_query COUNT = { "count",
    "SELECT count(*) AS count FROM thing WHERE org_id = $1", 1, NULL };
static const struct db_query THINGS = { "things",
    "SELECT name, id FROM thing WHERE org_id = $1 ORDER BY id", 1, NULL };
static const struct db_query THING = { "thing",
    "SELECT id, name FROM thing WHERE org_id = $1 AND name = $2", 2, NULL };
static const struct db_query EVERY_TYPE = { "every_type",
    "SELECT $1::bigint AS id, $2::text AS name, $3::boolean AS yes, $4::bigint AS weight_kg,"
    "       '2026-11-21 06:12+05:30'::timestamptz AS at, '{\"a\": 1}'::jsonb AS extra,"
    "       NULL::text AS nothing", 4, NULL };
static const struct db_query NUMBERS = { "numbers",
    "SELECT n AS id, $1::bigint::text AS name FROM unnest($2::bigint[]) WITH ORDINALITY AS s (n, o)"
    " ORDER BY o", 2, NULL };
static const struct db_query NAMES = { "names",
    "SELECT o AS id, n AS name FROM unnest($2::text[]) WITH ORDINALITY AS s (n, o)"
    " WHERE $1::bigint > 0 ORDER BY o", 2, NULL };
static const struct db_query UUIDS = { "uuids",
    "SELECT o AS id, n::text AS name FROM unnest($2::uuid[]) WITH ORDINALITY AS s (n, o)"
    " WHERE $1::bigint > 0 ORDER BY o", 2, NULL };
static const struct db_query ELEMENTS = { "elements",
    "SELECT cardinality($2::text[]) AS count WHERE $1::bigint > 0", 2, NULL };
static const struct db_query RAISE = { "raise", "SELECT raise($2) AS id WHERE $1::bigint > 0", 2, NULL };
static const struct db_query CLOSE_ALL = { "close_all",
    "SELECT pg_terminate_backend(pg_backend_pid()) AS id WHERE $1::bigint > 0", 1, NULL };
static const struct db_query BAD = { "bad", "SELECT nonsense FROM nowhere WHERE $1 > 0", 1, NULL };
/* clang-format on */

static const char schema[] =
    "CREATE TABLE thing (org_id bigint, id bigint GENERATED ALWAYS AS IDENTITY, name text,"
    "                    CONSTRAINT thing_by_name UNIQUE (org_id, name));"
    "CREATE TABLE late (org_id bigint, name text,"
    "                   CONSTRAINT late_name UNIQUE (org_id, name) DEFERRABLE INITIALLY DEFERRED);"
    "CREATE FUNCTION raise(state text) RETURNS bigint LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE USING ERRCODE = state; END $$";

struct thing {
    int64_t id;
    const char *name;
};

struct count {
    int64_t count;
};

struct every {
    int64_t id;
    const char *name;
    bool yes;
    int64_t weight_kg;
    const char *at;
    const char *extra;
    const char *nothing;
};

static const struct field thing_fields[] = {
    FIELD(struct thing, id),
    FIELD(struct thing, name),
};

static const struct field count_fields[] = { FIELD(struct count, count) };

static const struct field every_fields[] = {
    FIELD(struct every, id),
    FIELD(struct every, name),
    FIELD(struct every, yes),
    FIELD_AS(struct every, weight_kg, FIELD_KG),
    FIELD_AS(struct every, at, FIELD_TIME),
    FIELD_AS(struct every, extra, FIELD_RAW),
    FIELD(struct every, nothing),
};

static const struct shape thing_shape = SHAPE(struct thing, thing_fields);
static const struct shape count_shape = SHAPE(struct count, count_fields);
static const struct shape every_shape = SHAPE(struct every, every_fields);

static const char *conninfo;

static int begin_call(void **state)
{
    struct call *call = calloc(1, sizeof *call);

    assert_non_null(call);
    call->db = db_open(conninfo, "test session");
    call->org_id = ORG;
    *state = call;
    return 0;
}

static int end_call(void **state)
{
    struct call *call = *state;

    db_close(call->db);
    arena_free(&call->arena);
    free(call);
    harness_run(conninfo, "TRUNCATE thing");
    return 0;
}

static int64_t things_now(struct call *call)
{
    struct count count = { 0 };

    assert_true(db_one_args(call, &COUNT, DB_NO_ARGS, &count_shape, &count));
    return count.count;
}

static bool make(struct call *call, const char *name)
{
    return db_run_args(call, &MAKE, DB_ARGS(db_text(name)), NULL);
}

static void every_type_of_field_is_filled(void **state)
{
    struct call *call = *state;
    struct every every;

    assert_true(db_one_args(call, &EVERY_TYPE,
        DB_ARGS(db_text("SB00001"), db_bool(true), db_i64(call, 30500)), &every_shape, &every));
    assert_int_equal(every.id, ORG);
    assert_string_equal(every.name, "SB00001");
    assert_true(every.yes);
    assert_int_equal(every.weight_kg, 30500);
    assert_string_equal(every.at, "2026-11-21 00:42:00+00");
    assert_string_equal(every.extra, "{\"a\": 1}");
    assert_null(every.nothing);

    assert_true(db_one_args(call, &EVERY_TYPE,
        DB_ARGS(db_text(NULL), db_bool(false), db_id(call, 0)), &every_shape, &every));
    assert_null(every.name);
    assert_false(every.yes);
    assert_true(every.weight_kg == NO_I64);
}

enum size { SIZE_NONE, SIZE_SMALL, SIZE_LARGE };

static const char *const sizes[] = { NULL, "small", "large" };
static const struct word_set size_set = WORD_SET(size, sizes);

struct sized {
    enum size name;
};

static const struct field sized_fields[] = { FIELD_OF(struct sized, name, size_set) };
static const struct shape sized_shape = SHAPE(struct sized, sized_fields);

/* clang-format off */
static const struct db_query SIZED = { "sized", "SELECT $2 AS name WHERE $1::bigint > 0", 2, NULL };
static const struct db_query HUGE_COUNT = { "huge_count",
    "SELECT 9223372036854775808 * $1::bigint AS count", 1, NULL };
/* clang-format on */

static bool size_of(struct call *call, const char *word, struct sized *sized)
{
    return db_one_args(call, &SIZED, DB_ARGS(db_text(word)), &sized_shape, sized);
}

static void a_value_that_the_program_does_not_know_fails_that_call_alone(void **state)
{
    struct call *call = *state;
    struct sized sized;
    struct count count;

    assert_true(size_of(call, "large", &sized));
    assert_int_equal(sized.name, SIZE_LARGE);
    assert_true(size_of(call, NULL, &sized));
    assert_int_equal(sized.name, SIZE_NONE);

    assert_false(size_of(call, "enormous", &sized));
    assert_int_equal(call->fault.code, FAULT_INTERNAL);
    assert_string_equal(call->fault.detail, "sized: name: what is enormous?");
    assert_false(size_of(call, "", &sized));
    assert_int_equal(call->fault.code, FAULT_INTERNAL);
    assert_false(db_one_args(call, &HUGE_COUNT, DB_NO_ARGS, &count_shape, &count));
    assert_int_equal(call->fault.code, FAULT_INTERNAL);

    assert_true(size_of(call, "small", &sized));
    assert_int_equal(sized.name, SIZE_SMALL);
}

static void none_one_and_several_rows_are_told_apart(void **state)
{
    struct call *call = *state;
    struct thing thing;
    struct list list;
    bool found = true;

    assert_true(db_maybe_args(call, &THING, DB_ARGS(db_text("a")), &thing_shape, &thing, &found));
    assert_false(found);
    assert_false(db_one_args(call, &THING, DB_ARGS(db_text("a")), &thing_shape, &thing));
    assert_int_equal(call->fault.code, FAULT_NOT_FOUND);
    assert_true(db_rows_args(call, &THINGS, DB_NO_ARGS, &thing_shape, &list));
    assert_int_equal(list.count, 0);

    assert_true(make(call, "a") && make(call, "b"));
    assert_true(db_maybe_args(call, &THING, DB_ARGS(db_text("a")), &thing_shape, &thing, &found));
    assert_true(found);
    assert_string_equal(thing.name, "a");
    assert_true(db_rows_args(call, &THINGS, DB_NO_ARGS, &thing_shape, &list));
    assert_int_equal(list.count, 2);
    assert_string_equal(((struct thing *)list.items)[1].name, "b");

    assert_false(db_maybe_args(call, &THINGS, DB_NO_ARGS, &thing_shape, &thing, &found));
    assert_int_equal(call->fault.code, FAULT_INTERNAL);
}

static void another_organisation_sees_nothing_of_it(void **state)
{
    struct call *call = *state;

    assert_true(make(call, "a"));
    call->org_id = ORG + 1;
    assert_int_equal(things_now(call), 0);
    assert_true(make(call, "a"));
    assert_int_equal(things_now(call), 1);
}

static void arrays_arrive_element_by_element(void **state)
{
    struct call *call = *state;
    static const int64_t numbers[] = { 1, NO_I64, -1, INT64_MAX, INT64_MIN + 1 };
    static const char *const names[] = { "a", NULL, "", "{\"\\,", "\xe0\xa4\xb9" };
    static const unsigned char uuids[][16] = { { 1, 144 }, { [15] = 255 } };
    struct list list;

    assert_true(db_rows_args(call, &NUMBERS,
        DB_ARGS(db_i64_array(call, numbers, COUNT_OF(numbers))), &thing_shape, &list));
    assert_int_equal(list.count, COUNT_OF(numbers));
    for (size_t i = 0; i < list.count; i++)
        assert_true(((struct thing *)list.items)[i].id == numbers[i]);

    assert_true(db_rows_args(
        call, &NAMES, DB_ARGS(db_text_array(call, names, COUNT_OF(names))), &thing_shape, &list));
    assert_int_equal(list.count, COUNT_OF(names));
    for (size_t i = 0; i < list.count; i++)
        if (names[i])
            assert_string_equal(((struct thing *)list.items)[i].name, names[i]);
        else
            assert_null(((struct thing *)list.items)[i].name);

    assert_true(db_rows_args(
        call, &UUIDS, DB_ARGS(db_uuid_array(call, uuids, COUNT_OF(uuids))), &thing_shape, &list));
    assert_string_equal(
        ((struct thing *)list.items)[0].name, "01900000-0000-0000-0000-000000000000");
    assert_string_equal(
        ((struct thing *)list.items)[1].name, "00000000-0000-0000-0000-0000000000ff");
}

static void an_array_may_be_empty(void **state)
{
    struct call *call = *state;
    struct count count;

    assert_true(
        db_one_args(call, &ELEMENTS, DB_ARGS(db_text_array(call, NULL, 0)), &count_shape, &count));
    assert_int_equal(count.count, 0);
}

static void a_snapshot_stays_as_it_was_first_seen(void **state)
{
    struct call *call = *state;

    assert_true(db_begin(call) && db_use_snapshot(call));
    assert_int_equal(things_now(call), 0);
    harness_run(conninfo, "INSERT INTO thing (org_id, name) VALUES (7, 'later')");
    assert_int_equal(things_now(call), 0);
    assert_true(make(call, "own"));
    assert_int_equal(things_now(call), 1);
    assert_true(db_commit(call));

    assert_true(db_begin(call));
    assert_int_equal(things_now(call), 2);
    harness_run(conninfo, "INSERT INTO thing (org_id, name) VALUES (7, 'last')");
    assert_int_equal(things_now(call), 3);
    db_rollback(call);
}

static void a_call_is_a_transaction(void **state)
{
    struct call *call = *state;
    int64_t changed = 0;

    assert_true(db_begin(call));
    assert_true(db_run_args(call, &MAKE, DB_ARGS(db_text("a")), &changed));
    assert_int_equal(changed, 1);
    db_rollback(call);
    assert_int_equal(things_now(call), 0);

    assert_true(db_begin(call) && make(call, "a") && db_commit(call));
    assert_int_equal(things_now(call), 1);
    db_rollback(call);
}

static void a_refusal_may_keep_what_it_has_counted(void **state)
{
    struct call *call = *state;

    assert_true(db_begin(call) && make(call, "a"));
    assert_false(db_end(call, fail(call, FAULT_REFUSED, "no")));
    assert_int_equal(things_now(call), 0);

    assert_true(db_begin(call) && make(call, "b"));
    (void)fail(call, FAULT_REFUSED, "no");
    assert_false(db_end(call, fail_keeping(call)));
    assert_int_equal(call->fault.code, FAULT_REFUSED);
    assert_int_equal(things_now(call), 1);

    assert_true(db_begin(call) && make(call, "c") && db_end(call, true));
    assert_int_equal(things_now(call), 2);

    /* What was said to be kept is forgotten with its fault. */
    (void)fail_keeping(call);
    (void)fail(call, FAULT_REFUSED, "another");
    assert_false(call->fault.keep);
}

static void a_conflict_names_its_constraint(void **state)
{
    struct call *call = *state;

    assert_true(make(call, "a"));
    assert_string_equal(db_constraint(call), "");
    assert_false(make(call, "a"));
    assert_int_equal(call->fault.code, FAULT_CONFLICT);
    assert_string_equal(db_constraint(call), "thing_by_name");
    assert_non_null(strstr(call->fault.detail, "make: 23505 "));
}

static void a_commit_can_fail(void **state)
{
    struct call *call = *state;

    assert_true(db_begin(call));
    assert_true(db_run_args(call, &MAKE_LATE, DB_ARGS(db_text("a")), NULL));
    assert_true(db_run_args(call, &MAKE_LATE, DB_ARGS(db_text("a")), NULL));
    assert_false(db_commit(call));
    assert_int_equal(call->fault.code, FAULT_CONFLICT);

    assert_true(db_begin(call));
    assert_false(db_run_args(call, &BAD, DB_NO_ARGS, NULL));
    assert_int_equal(call->fault.code, FAULT_INTERNAL);
    assert_false(db_commit(call));
    assert_int_equal(call->fault.code, FAULT_INTERNAL);
    assert_int_equal(things_now(call), 0);
}

static void sqlstates_become_faults(void **state)
{
    static const struct {
        const char *sqlstate;
        enum fault_code fault;
    } pairs[] = {
        { "23505", FAULT_CONFLICT },
        { "40001", FAULT_AGAIN },
        { "40P01", FAULT_AGAIN },
        { "57014", FAULT_TOO_SLOW },
        { "55P03", FAULT_TOO_SLOW },
        { "57P03", FAULT_DATABASE },
        { "08006", FAULT_DATABASE },
        { "53100", FAULT_DATABASE },
        { "25006", FAULT_DATABASE },
        /* What stays so is never told as passing. */
        { "0A000", FAULT_INTERNAL },
        { "08P01", FAULT_INTERNAL },
        { "53400", FAULT_INTERNAL },
        { "23503", FAULT_INTERNAL },
        { "P0001", FAULT_INTERNAL },
    };
    struct call *call = *state;

    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        assert_false(db_run_args(call, &RAISE, DB_ARGS(db_text(pairs[i].sqlstate)), NULL));
        assert_int_equal(call->fault.code, pairs[i].fault);
        assert_int_equal(things_now(call), 0);
    }
}

static void a_lost_connection_fails_the_call_and_no_other(void **state)
{
    struct call *call = *state;

    assert_true(db_begin(call) && make(call, "a"));
    assert_false(db_run_args(call, &CLOSE_ALL, DB_NO_ARGS, NULL));
    assert_int_equal(call->fault.code, FAULT_DATABASE);

    /* What belongs to the transaction must not go on outside of it. */
    assert_false(make(call, "b"));
    assert_int_equal(call->fault.code, FAULT_DATABASE);
    assert_false(db_commit(call));
    assert_int_equal(call->fault.code, FAULT_DATABASE);

    assert_true(db_begin(call) && make(call, "c") && db_commit(call));
    assert_int_equal(things_now(call), 1);
}

static void a_restart_between_two_calls_is_not_noticed(void **state)
{
    struct call *call = *state;

    assert_true(db_begin(call) && make(call, "a") && db_commit(call));
    harness_hang_up(conninfo);
    assert_true(db_begin(call) && make(call, "b") && db_commit(call));
    harness_hang_up(conninfo);
    assert_true(db_connect(call, 0));
    assert_int_equal(things_now(call), 2);
}

static void a_database_that_is_away_is_waited_for_with_patience(void **state)
{
    struct call *call = *state;
    struct db *there = call->db;

    call->db = db_open("host=/nowhere", "nobody");
    assert_false(db_connect(call, 120));
    assert_int_equal(call->fault.code, FAULT_DATABASE);
    assert_false(db_run_args(call, &COUNT, DB_NO_ARGS, NULL));
    assert_int_equal(call->fault.code, FAULT_DATABASE);
    db_close(call->db);
    call->db = there;
}

static void a_changed_table_is_prepared_anew(void **state)
{
    static const struct db_query star = { "star", "SELECT * FROM changing WHERE org_id = $1", 1,
        NULL };
    struct call *call = *state;

    harness_run(conninfo, "CREATE TABLE changing (org_id bigint)");
    assert_true(db_run_args(call, &star, DB_NO_ARGS, NULL));
    harness_run(conninfo, "ALTER TABLE changing ADD COLUMN more text");
    assert_false(db_run_args(call, &star, DB_NO_ARGS, NULL));
    assert_int_equal(call->fault.code, FAULT_AGAIN);
    assert_true(db_run_args(call, &star, DB_NO_ARGS, NULL));
}

static void a_statement_that_the_database_cannot_do_fails_for_good(void **state)
{
    /* Refused when it is parsed, when it is planned, and when it runs. */
    static const struct db_query impossible[] = {
        { "locked_groups", "SELECT org_id FROM thing WHERE org_id = $1 GROUP BY 1 FOR UPDATE", 1,
            NULL },
        { "open_join", "SELECT $1::bigint FROM thing a FULL JOIN thing b ON a.id < b.id", 1, NULL },
        { "several_arrays", "SELECT array_position(ARRAY[[$1::bigint], [1]], 1::bigint)", 1, NULL },
    };
    struct call *call = *state;

    for (size_t i = 0; i < COUNT_OF(impossible); i++) {
        assert_false(db_run_args(call, &impossible[i], DB_NO_ARGS, NULL));
        assert_non_null(strstr(call->fault.detail, "0A000"));
        assert_int_equal(call->fault.code, FAULT_INTERNAL);
    }
    assert_int_equal(things_now(call), 0);
}

/* How a child process ends that reads COUNT into a shape of this one field. */
static bool aborts_with(const struct field *field)
{
    const struct shape shape = { sizeof(struct thing), 1, field };
    const pid_t child = fork();
    int status = 0;

    if (child == 0) {
        struct call call = { .org_id = ORG, .db = db_open(conninfo, "child") };
        struct thing thing;

        close(STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        _exit(db_one_args(&call, &COUNT, DB_NO_ARGS, &shape, &thing) ? 0 : 1);
    }
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void a_shape_that_does_not_fit_ends_the_program(void **state)
{
    const struct field other = FIELD(struct thing, id);
    struct field fits = other;

    (void)state;
    fits.name = "count";
    assert_false(aborts_with(&fits));
    assert_true(aborts_with(&other));
}

#define WITH_CALL(test) cmocka_unit_test_setup_teardown(test, begin_call, end_call)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CALL(every_type_of_field_is_filled),
        WITH_CALL(a_value_that_the_program_does_not_know_fails_that_call_alone),
        WITH_CALL(none_one_and_several_rows_are_told_apart),
        WITH_CALL(another_organisation_sees_nothing_of_it),
        WITH_CALL(arrays_arrive_element_by_element),
        WITH_CALL(an_array_may_be_empty),
        WITH_CALL(a_snapshot_stays_as_it_was_first_seen),
        WITH_CALL(a_call_is_a_transaction),
        WITH_CALL(a_refusal_may_keep_what_it_has_counted),
        WITH_CALL(a_conflict_names_its_constraint),
        WITH_CALL(a_commit_can_fail),
        WITH_CALL(sqlstates_become_faults),
        WITH_CALL(a_lost_connection_fails_the_call_and_no_other),
        WITH_CALL(a_restart_between_two_calls_is_not_noticed),
        WITH_CALL(a_database_that_is_away_is_waited_for_with_patience),
        WITH_CALL(a_changed_table_is_prepared_anew),
        WITH_CALL(a_statement_that_the_database_cannot_do_fails_for_good),
        cmocka_unit_test(a_shape_that_does_not_fit_ends_the_program),
    };

    conninfo = harness_empty_database();
    harness_run(conninfo, schema);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
