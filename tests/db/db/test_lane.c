/*
 * The lane with its database: what a lost connection does to the items in hand.
 */
#include "db/lane.h"

#include <semaphore.h>

#include "db/db_args.h"
#include "db/harness.h"
#include "test.h"

static const struct db_query COUNT_UP = { "count_up",
    "INSERT INTO counted (org_id) SELECT $1 RETURNING 1 AS one", 1, NULL };
static const struct db_query END_SELF = { "end_self",
    "SELECT pg_terminate_backend(pg_backend_pid()) AS gone WHERE $1::bigint > 0", 1, NULL };

static sem_t finished;
static int to_lose;
static bool forget_transaction;

static bool run(struct call *call, struct lane_item **items, size_t count)
{
    (void)items;
    (void)count;
    if (to_lose > 0) {
        to_lose--;
        return db_run_args(call, &END_SELF, DB_NO_ARGS, NULL);
    }
    if (forget_transaction) {
        forget_transaction = false;
        return db_begin(call) && db_run_args(call, &COUNT_UP, DB_NO_ARGS, NULL)
            && fail(call, FAULT_AGAIN, "once more");
    }
    return db_run_args(call, &COUNT_UP, DB_NO_ARGS, NULL);
}

static void done(struct lane_item *item)
{
    (void)item;
    sem_post(&finished);
}

static const struct lane_spec spec = {
    .name = "test-lane", .batch_max = 8, .queue_max = 16, .run = run, .done = done
};

static enum fault_code push_and_wait(struct lane *lane)
{
    struct lane_item item = { .org_id = 1 };

    assert_true(lane_push(lane, &item));
    sem_wait(&finished);
    return item.fault.code;
}

static void lost_connections_and_failed_runs_leave_no_trace(void **state)
{
    const char *conninfo = harness_empty_database();

    (void)state;
    harness_run(conninfo, "CREATE TABLE counted (org_id bigint)");

    struct lane *lane = lane_start(&spec, conninfo);

    assert_int_equal(push_and_wait(lane), FAULT_NONE);
    harness_hang_up(conninfo);
    assert_int_equal(push_and_wait(lane), FAULT_NONE);
    to_lose = 2;
    assert_int_equal(push_and_wait(lane), FAULT_NONE);
    forget_transaction = true;
    assert_int_equal(push_and_wait(lane), FAULT_NONE);
    assert_int_equal(lane_stats(lane).retries, 3);
    lane_stop(lane);

    /* Four went well, each once: a division by zero ends the program. */
    harness_run(conninfo, "SELECT 1 / (count(*) = 4)::integer FROM counted");
}

static void a_lane_without_a_server_gives_up(void **state)
{
    struct lane *lane = lane_start(&spec, "host=/nowhere");

    (void)state;
    assert_int_equal(push_and_wait(lane), FAULT_DATABASE);
    lane_stop(lane);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lost_connections_and_failed_runs_leave_no_trace),
        cmocka_unit_test(a_lane_without_a_server_gives_up),
    };

    sem_init(&finished, 0, 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
