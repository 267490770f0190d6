/*
 * The lane, without a database: `run` is a function of the test. A test holds the lane with a first
 * item whose run waits at the gate, pushes what shall gather, and opens the gate.
 */
#include "db/lane.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

#include "base/text.h"
#include "test.h"

enum kind { GOOD, GATE, POISONED, REFUSED, RACED, IN_CONFLICT, LOST, LOST_FOR_LONG, SLOW };

struct probe {
    struct lane_item item;
    int number;
    enum kind kind;
    int fails; /* RACED, LOST: so often, then it goes well */
    int runs;
    const char *answer;
    char seen[20]; /* of the answer, when it was done */
    atomic_int done;
};

static sem_t arrived, gate;

/* What was run: "0 1,2 " is item 0 alone, then items 1 and 2 in one batch. */
static char story[4000];

static struct probe *probe_of(struct lane_item *item)
{
    return (struct probe *)(void *)((char *)item - offsetof(struct probe, item));
}

static bool judge(struct call *call, struct probe *probe)
{
    probe->runs++;
    switch (probe->kind) {
    case GATE:
        sem_post(&arrived);
        sem_wait(&gate);
        return true;
    case POISONED:
        return fail(call, FAULT_INTERNAL, "poisoned: %d", probe->number);
    case REFUSED:
        return fail_because(call, PARENT_EMPTY, .parent = "SB00001");
    case RACED:
        return probe->runs > probe->fails || fail(call, FAULT_AGAIN, "raced");
    case IN_CONFLICT:
        return fail(call, FAULT_CONFLICT, "in conflict");
    case LOST:
        return probe->runs > probe->fails || fail(call, FAULT_DATABASE, "lost");
    case LOST_FOR_LONG:
        probe->item.queued_us -= (int64_t)LANE_PATIENCE_MS * 1000 / 2;
        return fail(call, FAULT_DATABASE, "lost");
    case SLOW:
        return fail(call, FAULT_TOO_SLOW, "slow");
    case GOOD:
        break;
    }
    return true;
}

static bool run(struct call *call, struct lane_item **items, size_t count)
{
    size_t length = strlen(story);

    for (size_t i = 0; i < count; i++) {
        const int number = probe_of(items[i])->number;

        assert(items[i]->org_id == call->org_id);
        length +=
            (size_t)snprintf(story + length, sizeof story - length, "%s%d", i ? "," : "", number);
    }
    snprintf(story + length, sizeof story - length, " ");

    for (size_t i = 0; i < count; i++) {
        if (!judge(call, probe_of(items[i])))
            return false;
        probe_of(items[i])->answer = arena_format(&call->arena, "n%d", probe_of(items[i])->number);
    }
    return true;
}

static void done(struct lane_item *item)
{
    struct probe *probe = probe_of(item);

    if (item->fault.code == FAULT_NONE)
        snprintf(probe->seen, sizeof probe->seen, "%s", probe->answer);
    atomic_fetch_add(&probe->done, 1);
}

static const struct lane_spec spec = {
    .name = "test-lane", .batch_max = 8, .queue_max = 16, .run = run, .done = done
};

static struct arena memory;

static struct probe probe(int number, int64_t org_id)
{
    return (struct probe){ .number = number, .item = { .org_id = org_id, .arena = &memory } };
}

/* Runs the probes, which gather behind a first one (number 0), and closes the lane. */
static struct lane_stats run_all(struct probe *probes, size_t count)
{
    struct probe first = { .kind = GATE };
    struct lane *lane = lane_start(&spec, NULL);

    story[0] = '\0';
    assert_true(lane_push(lane, &first.item));
    sem_wait(&arrived);
    for (size_t i = 0; i < count; i++)
        assert_true(lane_push(lane, &probes[i].item));
    assert_int_equal(lane_stats(lane).waiting, count);
    sem_post(&gate);

    for (size_t i = 0; i < count; i++)
        while (!atomic_load(&probes[i].done))
            sched_yield();

    const struct lane_stats stats = lane_stats(lane);

    lane_stop(lane);
    assert_int_equal(atomic_load(&first.done), 1);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(atomic_load(&probes[i].done), 1);
    assert_int_equal(stats.waiting, 0);
    assert_int_equal(stats.items, count + 1);
    return stats;
}

static void what_gathers_is_one_batch(void **state)
{
    struct probe probes[] = { probe(1, 0), probe(2, 0), probe(3, 0) };
    const struct lane_stats stats = run_all(probes, COUNT_OF(probes));

    (void)state;
    assert_string_equal(story, "0 1,2,3 ");
    assert_int_equal(stats.batches, 2);
    for (size_t i = 0; i < COUNT_OF(probes); i++)
        assert_int_equal(probes[i].item.fault.code, FAULT_NONE);
    assert_string_equal(probes[2].seen, "n3");
}

static void a_batch_has_an_end(void **state)
{
    struct probe probes[10];

    (void)state;
    for (int i = 0; i < 10; i++)
        probes[i] = probe(i + 1, 0);
    run_all(probes, COUNT_OF(probes));
    assert_string_equal(story, "0 1,2,3,4,5,6,7,8 9,10 ");
}

static void a_batch_is_of_one_organisation_and_in_order(void **state)
{
    struct probe probes[] = { probe(1, 7), probe(2, 8), probe(3, 7), probe(4, 9), probe(5, 8) };

    (void)state;
    run_all(probes, COUNT_OF(probes));
    assert_string_equal(story, "0 1,3 2,5 4 ");
}

static void only_the_poisoned_item_fails(void **state)
{
    struct probe probes[8];

    (void)state;
    for (int i = 0; i < 8; i++)
        probes[i] = probe(i + 1, 0);
    probes[5].kind = POISONED;

    const struct lane_stats stats = run_all(probes, COUNT_OF(probes));

    assert_string_equal(story, "0 1,2,3,4,5,6,7,8 1,2,3,4 5,6,7,8 5,6 5 6 7,8 ");
    assert_int_equal(stats.splits, 3);
    for (int i = 0; i < 8; i++)
        assert_int_equal(probes[i].item.fault.code, i == 5 ? FAULT_INTERNAL : FAULT_NONE);
    assert_string_equal(probes[5].item.fault.detail, "poisoned: 6");
}

static void what_a_person_is_told_of_a_refusal_outlives_the_batch(void **state)
{
    struct probe probes[] = { probe(1, 0), probe(2, 0) };

    (void)state;
    probes[1].kind = REFUSED;
    run_all(probes, COUNT_OF(probes));
    assert_int_equal(probes[0].item.fault.code, FAULT_NONE);
    assert_int_equal(probes[1].item.fault.words.reason, REASON_PARENT_EMPTY);
    assert_string_equal(probes[1].item.fault.words.english, "SB00001 is empty.");
    assert_string_equal(probes[1].item.fault.words.params, "{\"parent\":\"SB00001\"}");
    arena_free(&memory);
}

static void a_lost_race_is_run_again(void **state)
{
    struct probe probes[] = { probe(1, 0), probe(2, 0) };

    (void)state;
    probes[1].kind = RACED;
    probes[1].fails = 3;

    const struct lane_stats stats = run_all(probes, COUNT_OF(probes));

    assert_string_equal(story, "0 1,2 1,2 1,2 1,2 ");
    assert_int_equal(stats.retries, 3);
    assert_int_equal(stats.splits, 0);
    assert_int_equal(probes[1].item.fault.code, FAULT_NONE);
}

static void a_conflict_that_stays_is_singled_out(void **state)
{
    struct probe probes[] = { probe(1, 0), probe(2, 0) };

    (void)state;
    probes[1].kind = IN_CONFLICT;

    const struct lane_stats stats = run_all(probes, COUNT_OF(probes));

    assert_int_equal(probes[0].item.fault.code, FAULT_NONE);
    assert_int_equal(probes[1].item.fault.code, FAULT_CONFLICT);
    assert_int_equal(probes[1].runs, 2 * LANE_TRIES);
    assert_int_equal(stats.splits, 1);
}

static void a_lost_database_is_waited_for(void **state)
{
    struct probe probes[] = { probe(1, 0), probe(2, 0) };

    (void)state;
    probes[0].kind = LOST;
    probes[0].fails = 3;

    const struct lane_stats stats = run_all(probes, COUNT_OF(probes));

    assert_int_equal(stats.retries, 3);
    assert_int_equal(probes[0].item.fault.code, FAULT_NONE);
    assert_int_equal(probes[1].item.fault.code, FAULT_NONE);
}

static void patience_with_a_lost_database_ends(void **state)
{
    struct probe probes[] = { probe(1, 0), probe(2, 0) };

    (void)state;
    probes[0].kind = LOST_FOR_LONG;

    const struct lane_stats stats = run_all(probes, COUNT_OF(probes));

    assert_int_equal(stats.splits, 0);
    assert_int_equal(probes[0].item.fault.code, FAULT_DATABASE);
    assert_int_equal(probes[1].item.fault.code, FAULT_DATABASE);
    assert_in_range(probes[0].runs, 2, 3);
}

static void a_slow_batch_fails_at_once_and_whole(void **state)
{
    struct probe probes[] = { probe(1, 0), probe(2, 0) };

    (void)state;
    probes[1].kind = SLOW;
    run_all(probes, COUNT_OF(probes));
    assert_string_equal(story, "0 1,2 ");
    assert_int_equal(probes[0].item.fault.code, FAULT_TOO_SLOW);
    assert_int_equal(probes[1].item.fault.code, FAULT_TOO_SLOW);
}

static void a_full_lane_says_so(void **state)
{
    struct probe first = { .kind = GATE };
    struct probe probes[17];
    struct lane *lane = lane_start(&spec, NULL);

    (void)state;
    story[0] = '\0';
    assert_true(lane_push(lane, &first.item));
    sem_wait(&arrived);
    for (int i = 0; i < 17; i++) {
        probes[i] = probe(i + 1, 0);
        assert_true(lane_push(lane, &probes[i].item) == (i < 16));
    }
    sem_post(&gate);
    lane_stop(lane);

    for (int i = 0; i < 17; i++)
        assert_int_equal(atomic_load(&probes[i].done), i < 16);
}

static void an_idle_lane_closes(void **state)
{
    (void)state;
    lane_stop(lane_start(&spec, NULL));
}

static void *close_lane(void *lane)
{
    lane_stop(lane);
    return NULL;
}

static void a_closing_lane_takes_no_more_and_finishes_what_it_took(void **state)
{
    struct probe first = { .kind = GATE }, probes[16];
    struct lane *lane = lane_start(&spec, NULL);
    pthread_t closer;
    int taken = 0;

    (void)state;
    story[0] = '\0';
    for (int i = 0; i < 16; i++)
        probes[i] = probe(i + 1, i % 2);
    assert_true(lane_push(lane, &first.item));
    sem_wait(&arrived);
    assert_true(lane_push(lane, &probes[taken++].item));

    assert_int_equal(pthread_create(&closer, NULL, close_lane, lane), 0);
    while (taken < 15 && lane_push(lane, &probes[taken].item)) {
        taken++;
        nanosleep(&(struct timespec){ .tv_nsec = 5000000 }, NULL);
    }
    assert_false(lane_push(lane, &probes[15].item));
    sem_post(&gate);
    pthread_join(closer, NULL);

    for (int i = 0; i < 16; i++)
        assert_int_equal(atomic_load(&probes[i].done), i < taken);
}

#define PUSHERS 4
#define PUSHED 300

struct pusher {
    pthread_t thread;
    struct lane *lane;
    int64_t org_id;
    struct probe *probes;
};

static void *push_many(void *argument)
{
    struct pusher *pusher = argument;

    for (int i = 0; i < PUSHED; i++) {
        struct probe *one = &pusher->probes[i];

        *one = probe(i, pusher->org_id);
        one->kind = i % 50 == 49 ? POISONED : i % 20 == 19 ? RACED : GOOD;
        one->fails = 1;
        while (!lane_push(pusher->lane, &one->item))
            sched_yield();
    }
    return NULL;
}

static bool run_quietly(struct call *call, struct lane_item **items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        probe_of(items[i])->answer = "";
        if (!judge(call, probe_of(items[i])))
            return false;
    }
    return true;
}

static void many_threads_get_every_item_finished_once(void **state)
{
    static struct probe probes[PUSHERS][PUSHED];
    struct pusher pushers[PUSHERS];
    struct lane_spec quiet = spec;

    (void)state;
    quiet.run = run_quietly;

    struct lane *lane = lane_start(&quiet, NULL);

    for (int i = 0; i < PUSHERS; i++) {
        pushers[i] = (struct pusher){ .lane = lane, .org_id = i % 2, .probes = probes[i] };
        assert_int_equal(pthread_create(&pushers[i].thread, NULL, push_many, &pushers[i]), 0);
    }
    for (int i = 0; i < PUSHERS; i++)
        pthread_join(pushers[i].thread, NULL);
    lane_stop(lane);

    for (int i = 0; i < PUSHERS; i++)
        for (int j = 0; j < PUSHED; j++) {
            const bool bad = probes[i][j].kind == POISONED;

            assert_int_equal(atomic_load(&probes[i][j].done), 1);
            assert_int_equal(probes[i][j].item.fault.code, bad ? FAULT_INTERNAL : FAULT_NONE);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_gathers_is_one_batch),
        cmocka_unit_test(a_batch_has_an_end),
        cmocka_unit_test(a_batch_is_of_one_organisation_and_in_order),
        cmocka_unit_test(only_the_poisoned_item_fails),
        cmocka_unit_test(what_a_person_is_told_of_a_refusal_outlives_the_batch),
        cmocka_unit_test(a_lost_race_is_run_again),
        cmocka_unit_test(a_conflict_that_stays_is_singled_out),
        cmocka_unit_test(a_lost_database_is_waited_for),
        cmocka_unit_test(patience_with_a_lost_database_ends),
        cmocka_unit_test(a_slow_batch_fails_at_once_and_whole),
        cmocka_unit_test(a_full_lane_says_so),
        cmocka_unit_test(an_idle_lane_closes),
        cmocka_unit_test(a_closing_lane_takes_no_more_and_finishes_what_it_took),
        cmocka_unit_test(many_threads_get_every_item_finished_once),
    };

    sem_init(&arrived, 0, 0);
    sem_init(&gate, 0, 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
