/*
 * Metrics: what is counted is what is told. That the whole text is well-formed is tested where it
 * is given (tests/api/metrics.test.ts).
 */
#include "metric/metric.h"

#include <pthread.h>
#include <stdio.h>

#include "metric/last_hour.h"
#include "metric/metric_text.h"
#include "test.h"

#define MINUTE INT64_C(60000000)

static struct arena arena;

static bool is_told(const char *line)
{
    size_t length;

    return strstr(metric_text(&arena, &length), line) != NULL;
}

static void a_value_on_a_bound_is_in_its_bucket(void **state)
{
    const unsigned link = metric_find(LABEL_QUEUE, "link-3");
    const unsigned place = METRIC_BATCH_SIZE + link * METRIC_HISTOGRAM_WIDTH;

    (void)state;
    assert_false(is_told("tracetrack_batch_size_count{"));
    metric_observe(place, 1);
    metric_observe(place, 2);
    metric_observe(place, 3);
    metric_observe(place, 5001);
    assert_true(is_told("tracetrack_batch_size_bucket{queue=\"link\",le=\"1\"} 1\n"));
    assert_true(is_told("tracetrack_batch_size_bucket{queue=\"link\",le=\"2\"} 2\n"));
    assert_true(is_told("tracetrack_batch_size_bucket{queue=\"link\",le=\"5\"} 3\n"));
    assert_true(is_told("tracetrack_batch_size_bucket{queue=\"link\",le=\"5000\"} 3\n"));
    assert_true(is_told("tracetrack_batch_size_bucket{queue=\"link\",le=\"+Inf\"} 4\n"));
    assert_true(is_told("tracetrack_batch_size_sum{queue=\"link\"} 5007\n"));
    assert_true(is_told("tracetrack_batch_size_count{queue=\"link\"} 4\n"));
}

static void durations_are_told_in_seconds(void **state)
{
    const unsigned place =
        METRIC_QUEUE_SECONDS + metric_find(LABEL_QUEUE, "bill") * METRIC_HISTOGRAM_WIDTH;

    (void)state;
    metric_observe_us(place, 1000);
    metric_observe_us(place, 1001);
    assert_true(is_told("tracetrack_queue_seconds_bucket{queue=\"bill\",le=\"0.001\"} 1\n"));
    assert_true(is_told("tracetrack_queue_seconds_bucket{queue=\"bill\",le=\"0.002\"} 2\n"));
    assert_true(is_told("tracetrack_queue_seconds_sum{queue=\"bill\"} 0.002001\n"));
}

static void what_is_not_known_is_not_told(void **state)
{
    (void)state;
    metric_set(METRIC_PG_USED, METRIC_UNKNOWN);
    assert_false(is_told("\ntracetrack_postgres_sessions_used "));
    metric_set(METRIC_PG_USED, 0);
    assert_true(is_told("\ntracetrack_postgres_sessions_used 0\n"));
}

static void a_route_is_told_once_it_was_asked(void **state)
{
    const unsigned place = metric_at(METRIC_REQUESTS, 7, 2, LABEL_STATUS_MAX);

    (void)state;
    metric_name(LABEL_ROUTE, 7, "GET /seven");
    metric_name(LABEL_STATUS, 2, "2xx");
    assert_false(is_told("GET /seven"));
    metric_add(place, 3);
    assert_true(is_told("tracetrack_requests_total{route=\"GET /seven\",status=\"2xx\"} 3\n"));
}

static void a_name_cannot_break_out_of_its_quotes(void **state)
{
    (void)state;
    metric_add(METRIC_PG_SESSIONS + metric_find(LABEL_USE, "a\"} 1\n\\\x80z"), 1);
    assert_true(is_told("tracetrack_postgres_sessions{use=\"a_} 1___z\"} 1\n"));
}

static void names_without_a_place_share_one(void **state)
{
    unsigned value = 0;
    char name[8];

    (void)state;
    assert_int_equal(metric_find(LABEL_USE, "worker-1"), metric_find(LABEL_USE, "worker-22"));
    assert_int_not_equal(metric_find(LABEL_USE, "worker"), metric_find(LABEL_USE, "worker1"));
    for (int i = 0; i < 2 * LABEL_USE_MAX; i++) {
        snprintf(name, sizeof name, "n%dx", i);
        value = metric_find(LABEL_USE, name);
    }
    assert_int_equal(value, 0);
    assert_string_equal(metric_label_value(LABEL_USE, 0), "other");
    assert_string_equal(metric_label_value(LABEL_USE, metric_find(LABEL_USE, "worker")), "worker");
}

static void *count_many(void *unused)
{
    (void)unused;
    for (int i = 0; i < 100000; i++)
        metric_add(METRIC_SLOW_STATEMENTS, 1);
    last_hour_note(5 * MINUTE);
    return NULL;
}

static void threads_lose_no_count(void **state)
{
    pthread_t threads[4];

    (void)state;
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, count_many, NULL), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(metric_value(METRIC_SLOW_STATEMENTS), 400000);
    assert_int_equal(last_hour_errors(5 * MINUTE), 4);
}

static void the_last_hour_is_sixty_minutes(void **state)
{
    const int64_t now = 1000 * MINUTE;

    (void)state;
    last_hour_note(now);
    last_hour_note(now + MINUTE);
    assert_int_equal(last_hour_errors(now + MINUTE), 2);
    assert_int_equal(last_hour_errors(now + 59 * MINUTE), 2);
    assert_int_equal(last_hour_errors(now + 60 * MINUTE), 1);
    assert_int_equal(last_hour_errors(now + 61 * MINUTE), 0);
    last_hour_note(now + 60 * MINUTE);
    assert_int_equal(last_hour_errors(now + 60 * MINUTE), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_on_a_bound_is_in_its_bucket),
        cmocka_unit_test(durations_are_told_in_seconds),
        cmocka_unit_test(what_is_not_known_is_not_told),
        cmocka_unit_test(a_route_is_told_once_it_was_asked),
        cmocka_unit_test(a_name_cannot_break_out_of_its_quotes),
        cmocka_unit_test(names_without_a_place_share_one),
        cmocka_unit_test(threads_lose_no_count),
        cmocka_unit_test(the_last_hour_is_sixty_minutes),
    };
    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    arena_free(&arena);
    return failed;
}
