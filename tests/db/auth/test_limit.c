/*
 * Limits, counted in a real PostgreSQL by several servers at once.
 */
#include "auth/limit.h"

#include <pthread.h>

#include "base/text.h"
#include "db/db_args.h"
#include "db/harness.h"
#include "test.h"

static const char *database;
static struct db *db;
static struct call call;

static int begin(void **state)
{
    (void)state;
    harness_run(database, "TRUNCATE attempt");
    call = (struct call){ .db = db, .org_id = 1, .address = "192.0.2.7" };
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_rollback(&call);
    arena_free(&call.arena);
    return 0;
}

/* Seconds to wait; 0 when it may go on. */
static int take(enum limit limit, const char *who)
{
    if (limit_take(&call, limit, who))
        return 0;
    assert_int_equal(call.fault.code, FAULT_TOO_OFTEN);

    const int seconds = call.fault.retry_seconds;

    fail_clear(&call);
    return seconds;
}

static void so_many_and_no_more(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        assert_int_equal(take(LIMIT_REGISTRATION, "x"), 0);
    assert_in_range(take(LIMIT_REGISTRATION, "x"), 58, 60);
    assert_int_equal(take(LIMIT_REGISTRATION, "y"), 0);
    assert_int_equal(take(LIMIT_CODE, "x"), 0);

    call.org_id = 2;
    harness_run(database,
        "INSERT INTO org (name, host) VALUES ('other', 'other')"
        " ON CONFLICT DO NOTHING");
    assert_int_equal(take(LIMIT_REGISTRATION, "x"), 0);
}

static void an_hour_is_an_hour(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        assert_int_equal(take(LIMIT_FORGOTTEN, "x"), 0);
    assert_in_range(take(LIMIT_FORGOTTEN, "x"), 3590, 3600);
}

/* The time slides: each try counts until it is as old as the limit's time, and no longer. */
static void tries_come_back_one_by_one(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        assert_int_equal(take(LIMIT_REGISTRATION, "x"), 0);
    harness_run(database,
        "UPDATE attempt SET at[5] = at[5] - interval '61 seconds',"
        " at[4] = at[4] - interval '50 seconds'");
    assert_int_equal(take(LIMIT_REGISTRATION, "x"), 0);
    assert_in_range(take(LIMIT_REGISTRATION, "x"), 8, 10);
    harness_run(database,
        "UPDATE attempt SET at = ARRAY(SELECT t - interval '61 seconds'"
        " FROM unnest(at) t)");
    for (int i = 0; i < 5; i++)
        assert_int_equal(take(LIMIT_REGISTRATION, "x"), 0);
    assert_true(take(LIMIT_REGISTRATION, "x") > 0);
}

static void a_refusal_does_not_make_it_longer(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++)
        take(LIMIT_REGISTRATION, "x");
    harness_run(database,
        "UPDATE attempt SET at = ARRAY(SELECT t - interval '30 seconds'"
        " FROM unnest(at) t)");
    for (int i = 0; i < 20; i++)
        assert_in_range(take(LIMIT_REGISTRATION, "x"), 28, 30);
}

static void a_try_stays_counted_when_the_call_is_rolled_back(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        assert_true(db_begin(&call));
        assert_int_equal(take(LIMIT_REGISTRATION, "x"), 0);
        db_rollback(&call);
    }
    assert_true(db_begin(&call));
    assert_true(take(LIMIT_REGISTRATION, "x") > 0);
    db_rollback(&call);
}

static void looking_takes_nothing(void **state)
{
    (void)state;
    for (int i = 0; i < 10; i++) {
        assert_true(limit_check(&call, LIMIT_SIGN_IN, "x"));
        assert_true(limit_record(&call, LIMIT_SIGN_IN, "x"));
    }
    assert_false(limit_check(&call, LIMIT_SIGN_IN, "x"));
    assert_in_range(call.fault.retry_seconds, 58, 60);
    fail_clear(&call);
    assert_true(limit_record(&call, LIMIT_SIGN_IN, "x"));
}

static void what_is_given_back_can_be_taken_again(void **state)
{
    int64_t count;

    (void)state;
    for (int i = 0; i < 5; i++)
        assert_int_equal(take(LIMIT_CODE, "x"), 0);
    assert_true(limit_give_back(&call, LIMIT_CODE, "x", 2));
    assert_int_equal(take(LIMIT_CODE, "x"), 0);
    assert_int_equal(take(LIMIT_CODE, "x"), 0);
    assert_true(take(LIMIT_CODE, "x") > 0);
    assert_true(limit_give_back(&call, LIMIT_CODE, "x", 100));
    assert_int_equal(take(LIMIT_CODE, "x"), 0);
    assert_true(limit_reset(&call, LIMIT_CODE, "x", &count));
    assert_int_equal(count, 1);
    assert_true(limit_reset(&call, LIMIT_CODE, "x", &count));
    assert_int_equal(count, 0);
}

static const char *address_key(const char *address)
{
    call.address = address;
    return limit_key_address(&call);
}

static void an_address_is_a_network(void **state)
{
    (void)state;
    assert_string_equal(address_key("2001:db8:1:2:3:4:5:6"), address_key("2001:db8:1:2::9"));
    assert_string_not_equal(address_key("2001:db8:1:2::9"), address_key("2001:db8:1:3::9"));
    assert_string_not_equal(address_key("192.0.2.7"), address_key("192.0.2.8"));
    assert_string_equal(
        limit_key_name(&call, "Asha@Example.COM"), limit_key_name(&call, "asha@example.com"));
}

static void *take_many(void *argument)
{
    struct call other = { .db = db_open(database, "taker"), .org_id = 1 };
    int *taken = argument;

    for (int i = 0; i < 6; i++) {
        *taken += limit_take(&other, LIMIT_CODE, "storm");
        fail_clear(&other);
    }
    db_close(other.db);
    arena_free(&other.arena);
    return NULL;
}

static void servers_count_together(void **state)
{
    pthread_t threads[6];
    int taken[6] = { 0 }, sum = 0;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, take_many, &taken[i]), 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        pthread_join(threads[i], NULL);
        sum += taken[i];
    }
    assert_int_equal(sum, 5);
}

static void what_no_longer_counts_goes(void **state)
{
    struct list rows;
    static const struct field no_fields[] = { { .name = "n", .type = FIELD_I64 } };
    static const struct shape shape = SHAPE(int64_t, no_fields);
    static const struct db_query left = { "t_left",
        "SELECT count(*) AS n FROM attempt WHERE org_id = $1", 1, NULL };

    (void)state;
    for (int i = 0; i < 6; i++)
        take(LIMIT_CODE, arena_format(&call.arena, "%d", i));
    harness_run(database, "UPDATE attempt SET ends_at = now() - interval '1 second'");
    take(LIMIT_CODE, "new");
    take(LIMIT_CODE, "new");
    assert_true(db_rows_args(&call, &left, DB_NO_ARGS, &shape, &rows));
    assert_int_equal(*(int64_t *)rows.items, 1);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(so_many_and_no_more),
        TEST(an_hour_is_an_hour),
        TEST(tries_come_back_one_by_one),
        TEST(a_refusal_does_not_make_it_longer),
        TEST(a_try_stays_counted_when_the_call_is_rolled_back),
        TEST(looking_takes_nothing),
        TEST(what_is_given_back_can_be_taken_again),
        TEST(an_address_is_a_network),
        TEST(servers_count_together),
        TEST(what_no_longer_counts_goes),
    };

    database = harness_database();
    db = db_open(database, "test limit");

    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    db_close(db);
    return failed;
}
