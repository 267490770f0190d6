/*
 * Jobs: run once with their effects, tried again, parked, and planned for every day that was
 * missed.
 */
#include "jobs/job_runner.h"

#include <pthread.h>

#include "base/text.h"
#include "db/people.h"
#include "eod/eod.h"
#include "mail/mail.h"
#include "test.h"

/* What the work does: insert an area, then fail as often as it is told to. */
static int failures, runs;

static bool work(struct call *worker, const struct job *job)
{
    static const struct db_query mark = { "t_mark",
        "INSERT INTO label_run (org_id, first, last, labels, paper, format)"
        " VALUES ($1, 'DONE', 'DONE', 1, 'a4_24', 'pdf')",
        1, NULL };

    (void)job;
    runs++;
    if (!db_run(worker, (struct db_statement){ &mark, NULL }, NULL))
        return false;
    return failures-- <= 0 || fail(worker, FAULT_INTERNAL, "the dog ate it");
}

static const struct job_works works = {
    .run = { [JOB_END_OF_DAY] = work, [JOB_RETENTION] = job_apply_retention },
};

static const struct job_works real_works = {
    .run = { [JOB_END_OF_DAY] = eod_mail, [JOB_RETENTION] = job_apply_retention },
};

static int begin(void **state)
{
    people_begin(state);
    run("TRUNCATE job, label_run, mail");
    run("UPDATE org SET eod_hour = 20, eod_last = NULL");
    failures = runs = 0;
    return 0;
}

static void queue(const char *key)
{
    assert_int_equal(FAULT_OF(job_queue(&call, JOB_END_OF_DAY, key)), FAULT_NONE);
}

static void run_due(void)
{
    assert_true(job_runner_run_once(&call, &works));
    call.org_id = 1;
}

#define EFFECTS count_of("SELECT count(*) FROM label_run")
#define JOBS_THAT_ARE(state) count_of("SELECT count(*) FROM job WHERE state = '" state "'")

static void a_job_with_a_key_is_run_once(void **state)
{
    (void)state;
    queue("2026-11-21");
    queue("2026-11-21");
    run_due();
    queue("2026-11-21");
    run_due();
    assert_int_equal(EFFECTS, 1);
    queue(NULL);
    queue(NULL);
    run_due();
    assert_int_equal(EFFECTS, 3);
    assert_int_equal(JOBS_THAT_ARE("done"), 3);
}

static void a_job_that_fails_leaves_nothing_and_is_tried_later(void **state)
{
    (void)state;
    failures = 1;
    queue("2026-11-21");
    run_due();
    assert_int_equal(EFFECTS, 0);
    assert_int_equal(count_of("SELECT count(*) FROM job WHERE state = 'queued' AND tries = 1"
                              " AND error = 'the dog ate it'"
                              " AND due_at BETWEEN now() + interval '25 seconds'"
                              "                AND now() + interval '30 seconds'"),
        1);
    run_due();
    assert_int_equal(runs, 1);
    run("UPDATE job SET due_at = now()");
    run_due();
    assert_int_equal(EFFECTS, 1);
    assert_int_equal(JOBS_THAT_ARE("done"), 1);
}

static void a_job_that_fails_for_good_is_parked_told_and_run_again_by_hand(void **state)
{
    (void)state;
    failures = JOB_TRIES_MOST;
    queue("2026-11-21");
    for (int i = 0; i < JOB_TRIES_MOST + 2; i++) {
        run_due();
        run("UPDATE job SET due_at = now()");
    }
    assert_int_equal(runs, JOB_TRIES_MOST);
    assert_int_equal(JOBS_THAT_ARE("parked"), 1);
    assert_int_equal(count_of("SELECT count(*) FROM notification WHERE kind = 'job_parked'"), 2);

    const int64_t id = count_of("SELECT id FROM job");

    as("ada");
    assert_int_equal(FAULT_OF(job_run_again(&call, id + 1)), FAULT_NOT_FOUND);
    assert_int_equal(FAULT_OF(job_run_again(&call, id)), FAULT_NONE);
    assert_int_equal(FAULT_OF(job_run_again(&call, id)), FAULT_REFUSED);
    assert_int_equal(audited("job.run_again"), 1);
    run_due();
    assert_int_equal(EFFECTS, 1);
    assert_int_equal(JOBS_THAT_ARE("done"), 1);
}

static void a_job_whose_server_died_is_taken_again_when_its_lease_is_over(void **state)
{
    (void)state;
    queue("2026-11-21");
    run("UPDATE job SET state = 'running', tries = 1, due_at = now() + interval '4 minutes'");
    run_due();
    assert_int_equal(runs, 0);
    run("UPDATE job SET due_at = now()");
    run_due();
    assert_int_equal(EFFECTS, 1);
}

static void *run_beside(void *unused)
{
    struct call other = { .db = db_open(serve, "beside"), .address = "" };

    (void)unused;
    assert_true(job_runner_run_once(&other, &works));
    db_close(other.db);
    arena_free(&other.arena);
    return NULL;
}

static void two_servers_share_the_jobs(void **state)
{
    pthread_t other;

    (void)state;
    for (int i = 0; i < 40; i++)
        queue(NULL);
    pthread_create(&other, NULL, run_beside, NULL);
    run_due();
    pthread_join(other, NULL);
    assert_int_equal(EFFECTS, 40);
    assert_int_equal(JOBS_THAT_ARE("done"), 40);
}

static void plan(void)
{
    assert_true(eod_plan(&call));
    call.org_id = 1;
}

/* The days that are planned, as how many there are and how many days the first lies back. */
static void assert_planned(int64_t days, int64_t back)
{
    assert_int_equal(count_of("SELECT count(*) FROM job WHERE kind = 'end_of_day'"), days);
    if (days)
        assert_int_equal(
            count_of("SELECT (now() AT TIME ZONE 'Asia/Kolkata')::date - min(key)::date FROM job"
                     " WHERE kind = 'end_of_day'"),
            back);
}

static void each_day_is_mailed_once_from_the_hour_that_was_chosen(void **state)
{
    (void)state;
    mail_base_url_set("https://bags.example");
    run("UPDATE org SET eod_hour = 0");
    plan();
    assert_planned(0, 0); /* a new organisation begins with its next day */
    run("UPDATE org SET eod_last = eod_last - 1");
    plan();
    plan();
    assert_planned(1, 0);
    run("UPDATE org SET eod_last = eod_last - 3");
    plan();
    assert_planned(3, 2);
    run("UPDATE org SET eod_last = eod_last - 100");
    plan();
    assert_planned(7, 6);
}

static void no_day_is_mailed_before_its_hour_or_without_one_or_while_mail_is_off(void **state)
{
    (void)state;
    mail_base_url_set("https://bags.example");
    run("UPDATE org SET eod_hour = NULL, eod_last = current_date - 5");
    plan();
    assert_planned(0, 0);

    /* One hour from now, so the last day that is due is yesterday; at 23 h it is the hour itself.
     */
    run("UPDATE org SET eod_hour = LEAST(23, extract(hour FROM now() AT TIME ZONE time_zone)::int "
        "+ 1),"
        " eod_last = (now() AT TIME ZONE time_zone)::date - 2"
        " WHERE extract(hour FROM now() AT TIME ZONE time_zone) < 23");
    plan();
    if (count_of("SELECT extract(hour FROM now() AT TIME ZONE 'Asia/Kolkata')::int") < 23)
        assert_planned(1, 1);

    run("TRUNCATE job");
    run("UPDATE org SET eod_hour = 0, eod_last = current_date - 5");
    mail_base_url_set(NULL);
    plan();
    assert_planned(0, 0);
    mail_base_url_set("https://bags.example");
    plan();
    assert_planned(0, 0); /* nobody gets old news */
}

static void the_mail_of_a_day_goes_to_each_administrator_with_an_address(void **state)
{
    (void)state;
    mail_base_url_set("https://bags.example");
    run("UPDATE users SET email = CASE WHEN username = 'amar' THEN NULL"
        " ELSE username || '@example.org' END");
    as("ada");
    assert_int_equal(FAULT_OF(eod_send(&call, NULL)), FAULT_NONE);
    assert_true(job_runner_run_once(&call, &real_works));
    assert_int_equal(JOBS_THAT_ARE("done"), 1);
    assert_int_equal(count_of("SELECT count(*) FROM mail WHERE recipient = 'ada@example.org'"
                              " AND kind = 'end_of_day' AND body LIKE '%Scans: 0%'"),
        1);
    assert_int_equal(count_of("SELECT count(*) FROM mail"), 1);
    assert_int_equal(audited("eod.send"), 1);

    mail_base_url_set(NULL);
    as("ada");
    assert_int_equal(FAULT_OF(eod_send(&call, NULL)), FAULT_REFUSED);
}

static void what_was_read_or_done_a_month_ago_is_deleted(void **state)
{
    (void)state;
    run("INSERT INTO notification (org_id, user_id, title, message, read_at)"
        " SELECT 1, id, 'x', 'x', now() - interval '31 days' FROM users WHERE username = 'dev'");
    run("INSERT INTO notification (org_id, user_id, title, message, read_at)"
        " SELECT 1, id, 'y', 'y', now() - interval '29 days' FROM users WHERE username = 'dev'");
    run("INSERT INTO notification (org_id, user_id, title, message, created_at)"
        " SELECT 1, id, 'z', 'z', now() - interval '90 days' FROM users WHERE username = 'dev'");
    run("INSERT INTO job (org_id, kind, key, state, ended_at)"
        " VALUES (1, 'end_of_day', 'a', 'done', now() - interval '31 days'),"
        "        (1, 'end_of_day', 'b', 'parked', now() - interval '31 days'),"
        "        (1, 'end_of_day', 'c', 'done', now() - interval '29 days')");
    assert_int_equal(FAULT_OF(job_plan_retention(&call)), FAULT_NONE);
    assert_int_equal(FAULT_OF(job_plan_retention(&call)), FAULT_NONE);
    run_due();
    assert_int_equal(count_of("SELECT count(*) FROM notification WHERE title IN ('y', 'z')"), 2);
    assert_int_equal(count_of("SELECT count(*) FROM notification"), 2);
    assert_int_equal(count_of("SELECT count(*) FROM job WHERE key IN ('b', 'c')"), 2);
    assert_int_equal(count_of("SELECT count(*) FROM job WHERE kind = 'end_of_day'"), 2);
    assert_int_equal(count_of("SELECT count(*) FROM job WHERE kind = 'retention'"), 1);
}

#define A_JOB(test) cmocka_unit_test_setup_teardown(test, begin, people_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        A_JOB(a_job_with_a_key_is_run_once),
        A_JOB(a_job_that_fails_leaves_nothing_and_is_tried_later),
        A_JOB(a_job_that_fails_for_good_is_parked_told_and_run_again_by_hand),
        A_JOB(a_job_whose_server_died_is_taken_again_when_its_lease_is_over),
        A_JOB(two_servers_share_the_jobs),
        A_JOB(each_day_is_mailed_once_from_the_hour_that_was_chosen),
        A_JOB(no_day_is_mailed_before_its_hour_or_without_one_or_while_mail_is_off),
        A_JOB(the_mail_of_a_day_goes_to_each_administrator_with_an_address),
        A_JOB(what_was_read_or_done_a_month_ago_is_deleted),
    };

    return cmocka_run_group_tests(tests, people_open, people_close);
}
