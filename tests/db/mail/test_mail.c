/*
 * Mail: written with the change, sent by the postman to a real mail server, tried again, parked.
 */
#include "mail/mail_sender.h"

#include <pthread.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "db/db_args.h"
#include "db/harness.h"
#include "db/post_office.h"
#include "test.h"

#define BASE "https://bags.example"

struct row {
    int64_t tries, wait_seconds;
    const char *state, *error;
};

static const struct field row_fields[] = {
    FIELD(struct row, tries),
    FIELD(struct row, wait_seconds),
    FIELD(struct row, state),
    FIELD(struct row, error),
};

static const struct shape row_shape = SHAPE(struct row, row_fields);

static const struct db_query ROWS = { "t_mail",
    "SELECT tries, state, error, round(extract(epoch FROM due_at - now()))::bigint AS wait_seconds"
    " FROM mail WHERE org_id = $1 ORDER BY id",
    1, NULL };

static const char *database;
static struct db *db;
static struct call call;
static struct mail_sender_settings settings;

static bool compose(struct call *composer, enum mail_kind kind, const char *recipient,
    int64_t age_seconds, struct mail_content *words, bool *wanted)
{
    (void)composer;
    assert_int_equal(kind, MAIL_PASSWORD_RESET);
    assert_true(age_seconds >= 0);
    *wanted = strcmp(recipient, "asha@example.org") == 0;
    *words = (struct mail_content){ "made late", "made when it was sent" };
    return true;
}

static int begin(void **state)
{
    (void)state;
    harness_run(database, "TRUNCATE mail");
    call = (struct call){ .db = db, .org_id = 1, .address = "" };
    mail_base_url_set(BASE);
    settings = (struct mail_sender_settings){ .base_url = BASE,
        .from = "tt@example.com",
        .compose = compose,
        .transport = { .smtp_tls = true } };
    return 0;
}

static int begin_smtp(void **state)
{
    begin(state);
    post_office_open(false);
    settings.transport.smtp_url =
        arena_format(&call.arena, "smtp://127.0.0.1:%d/tracetrack", office.port);
    return 0;
}

static int begin_http(void **state)
{
    begin(state);
    post_office_open(true);
    settings.transport.sendgrid_key = "SG.secret";
    settings.transport.sendgrid_url =
        arena_format(&call.arena, "http://127.0.0.1:%d/v3/mail/send", office.port);
    return 0;
}

static int end(void **state)
{
    (void)state;
    db_rollback(&call);
    arena_free(&call.arena);
    return 0;
}

static int end_office(void **state)
{
    post_office_close();
    return end(state);
}

static void write_mail(const char *to)
{
    const struct mail_field fields[] = { { "username", "asha" } };

    call.org_id = 1;
    assert_true(mail_queue(&call, MAIL_WELCOME, to, fields, COUNT_OF(fields)));
}

static struct list rows(void)
{
    struct list list;

    call.org_id = 1;
    assert_true(db_rows_args(&call, &ROWS, DB_NO_ARGS, &row_shape, &list));
    return list;
}

static const struct row *only_row(void)
{
    const struct list list = rows();

    assert_int_equal(list.count, 1);
    return list.items;
}

static void make_rounds(void)
{
    assert_true(mail_sender_run_once(&call, &settings));
}

static void a_mail_server_is_told_the_mail(void **state)
{
    (void)state;
    write_mail("asha@example.org");
    make_rounds();
    assert_int_equal(office.taken, 1);
    assert_int_equal(rows().count, 0);
    assert_string_equal(office.sender, "<tt@example.com>");
    assert_string_equal(office.recipient, "<asha@example.org>");
    assert_non_null(strstr(office.message, "\r\nSubject: Welcome to TraceTrack\r\n"));
    assert_non_null(strstr(office.message, "\r\nTo: <asha@example.org>\r\n"));
    assert_non_null(strstr(office.message, "multipart/alternative"));
    make_rounds();
    assert_int_equal(office.taken, 1);
}

static void a_change_that_is_rolled_back_is_not_told(void **state)
{
    (void)state;
    assert_true(db_begin(&call));
    write_mail("asha@example.org");
    db_rollback(&call);
    make_rounds();
    assert_int_equal(office.asked, 0);
}

static void nobody_can_be_written_into_the_headers(void **state)
{
    const struct mail_field fields[] = { { "title", "x\r\nBcc: thief@example.net" },
        { "message", "\r\n.\r\nMAIL FROM:<thief@example.net>\r\n" } };

    (void)state;
    assert_true(mail_queue(&call, MAIL_ADMIN_ALERT, "ada@example.org", fields, COUNT_OF(fields)));
    assert_true(mail_queue(
        &call, MAIL_ADMIN_ALERT, "a@b\r\nRCPT TO:<thief@example.net>", fields, COUNT_OF(fields)));
    make_rounds();
    assert_int_equal(office.asked, 1);
    assert_int_equal(office.taken, 1);
    assert_string_equal(office.recipient, "<ada@example.org>");
    assert_non_null(strstr(office.message, "Subject: TraceTrack: x  Bcc: thief@example.net\r\n"));
    assert_null(strstr(office.message, "\nBcc:"));
}

static void a_server_that_says_later_is_asked_later(void **state)
{
    static const int64_t waits[] = { 60, 240, 960, 3840, 14400, 14400, 14400 };

    (void)state;
    office.recipient_answer = "451 later";
    write_mail("asha@example.org");
    for (size_t i = 0; i < COUNT_OF(waits); i++) {
        make_rounds();
        assert_int_equal(only_row()->tries, i + 1);
        assert_in_range(only_row()->wait_seconds, waits[i] - 2, waits[i]);
        assert_string_equal(only_row()->state, "waiting");
        assert_non_null(strstr(only_row()->error, "451"));
        make_rounds();
        assert_int_equal(office.asked, i + 1);
        harness_run(database, "UPDATE mail SET due_at = now() - interval '1 second'");
    }
    make_rounds();
    assert_string_equal(only_row()->state, "parked");
    assert_int_equal(only_row()->tries, MAIL_TRIES);
    harness_run(database, "UPDATE mail SET due_at = now() - interval '1 second'");
    make_rounds();
    assert_int_equal(office.asked, MAIL_TRIES);
    assert_int_equal(office.taken, 0);
}

static void a_mail_that_is_refused_for_good_is_parked_at_once(void **state)
{
    (void)state;
    office.recipient_answer = "550 no such user";
    write_mail("gone@example.org");
    make_rounds();
    assert_string_equal(only_row()->state, "parked");
    assert_int_equal(only_row()->tries, 1);
    assert_non_null(strstr(only_row()->error, "550"));
}

static void one_mail_that_fails_holds_up_no_other(void **state)
{
    (void)state;
    write_mail("asha@example.org");
    write_mail("bina@example.org");
    office.message_answer = "452 full";
    make_rounds();
    assert_int_equal(office.asked, 2);
    assert_int_equal(rows().count, 2);
    office.message_answer = "250 ok";
    harness_run(database, "UPDATE mail SET due_at = now() - interval '1 second'");
    make_rounds();
    assert_int_equal(office.taken, 2);
    assert_int_equal(rows().count, 0);
}

static void a_server_that_is_not_there_is_tried_again(void **state)
{
    (void)state;
    settings.transport.smtp_url = "smtp://127.0.0.1:1";
    write_mail("asha@example.org");
    make_rounds();
    assert_string_equal(only_row()->state, "waiting");
    assert_int_equal(only_row()->tries, 1);
}

static void a_mail_of_somebody_who_died_is_due_again(void **state)
{
    (void)state;
    write_mail("asha@example.org");
    harness_run(database, "UPDATE mail SET tries = 1, due_at = now() + interval '2 minutes'");
    make_rounds();
    assert_int_equal(office.asked, 0);
    harness_run(database, "UPDATE mail SET due_at = now() - interval '1 second'");
    make_rounds();
    assert_int_equal(office.taken, 1);
}

static void *go_round(void *unused)
{
    struct call other = { .db = db_open(database, "postman"), .address = "" };
    bool well = true;

    (void)unused;
    for (int i = 0; i < 3; i++)
        well = well && db_connect(&other, 2000) && mail_sender_run_once(&other, &settings);
    db_close(other.db);
    arena_free(&other.arena);
    return well ? NULL : &settings;
}

static void several_servers_send_each_mail_once(void **state)
{
    pthread_t threads[4];
    void *failed;

    (void)state;
    for (int i = 0; i < 12; i++)
        write_mail("asha@example.org");
    for (size_t i = 0; i < COUNT_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, go_round, NULL), 0);
    for (size_t i = 0; i < COUNT_OF(threads); i++) {
        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
    assert_int_equal(office.taken, 12);
    assert_int_equal(rows().count, 0);
}

static void words_may_be_made_when_it_is_sent(void **state)
{
    (void)state;
    assert_true(mail_queue_deferred(&call, MAIL_PASSWORD_RESET, "asha@example.org"));
    assert_true(mail_queue_deferred(&call, MAIL_PASSWORD_RESET, "nobody@example.org"));
    make_rounds();
    assert_int_equal(office.asked, 1);
    assert_non_null(strstr(office.message, "\r\nSubject: made late\r\n"));
    assert_int_equal(rows().count, 0);
}

static void a_server_without_tls_is_refused_unless_it_is_here(void **state)
{
    (void)state;
    settings.transport.smtp_url = arena_format(&call.arena, "smtp://127.1:%d", office.port);
    write_mail("asha@example.org");
    make_rounds();
    assert_int_equal(office.asked, 0);
    assert_string_equal(only_row()->state, "waiting");
    assert_non_null(strstr(only_row()->error, "SSL"));

    settings.transport.smtp_tls = false;
    harness_run(database, "UPDATE mail SET due_at = now() - interval '1 second'");
    make_rounds();
    assert_int_equal(office.taken, 1);
}

static void while_mail_is_off_nothing_is_written(void **state)
{
    (void)state;
    mail_base_url_set(NULL);
    assert_false(mail_is_on());
    write_mail("asha@example.org");
    assert_true(mail_queue_deferred(&call, MAIL_PASSWORD_RESET, "asha@example.org"));
    assert_int_equal(rows().count, 0);
}

static void whoever_has_no_address_gets_no_mail(void **state)
{
    (void)state;
    write_mail(NULL);
    write_mail("");
    write_mail("no address");
    assert_int_equal(rows().count, 0);
}

static void sendgrid_is_told_the_mail(void **state)
{
    (void)state;
    write_mail("asha@example.org");
    make_rounds();
    assert_int_equal(office.taken, 1);
    assert_int_equal(rows().count, 0);
    assert_non_null(strstr(office.message, "POST /v3/mail/send HTTP/1.1\r\n"));
    assert_non_null(strstr(office.message, "Authorization: Bearer SG.secret\r\n"));
    assert_non_null(strstr(office.message, "\"to\":[{\"email\":\"asha@example.org\"}]"));
    assert_non_null(strstr(office.message, "\"from\":{\"email\":\"tt@example.com\"}"));
    assert_non_null(strstr(office.message, "\"subject\":\"Welcome to TraceTrack\""));
}

static void sendgrid_may_be_busy_or_refuse(void **state)
{
    (void)state;
    office.http_answer = "429 Too Many Requests";
    write_mail("asha@example.org");
    make_rounds();
    assert_string_equal(only_row()->state, "waiting");
    assert_non_null(strstr(only_row()->error, "429"));
    office.http_answer = "400 Bad Request";
    harness_run(database, "UPDATE mail SET due_at = now() - interval '1 second'");
    make_rounds();
    assert_string_equal(only_row()->state, "parked");
}

static void the_thread_sends_by_itself_and_stops_at_once(void **state)
{
    static atomic_bool stopping;
    const int64_t end_us = clock_us() + 10 * 1000000;

    (void)state;
    settings.transport.stopping = &stopping;
    mail_sender_start(database, &settings);
    write_mail("asha@example.org");
    while (office.taken == 0 && clock_us() < end_us)
        usleep(20000);
    assert_int_equal(office.taken, 1);

    office.delay_ms = 4000;
    write_mail("asha@example.org");
    while (office.asked < 2 && clock_us() < end_us)
        usleep(20000);

    const int64_t began_us = clock_us();

    mail_sender_stop();
    assert_true(clock_us() - began_us < 3000000);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)
#define SMTP(test) cmocka_unit_test_setup_teardown(test, begin_smtp, end_office)
#define HTTP(test) cmocka_unit_test_setup_teardown(test, begin_http, end_office)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SMTP(a_mail_server_is_told_the_mail),
        SMTP(a_change_that_is_rolled_back_is_not_told),
        SMTP(nobody_can_be_written_into_the_headers),
        SMTP(a_server_that_says_later_is_asked_later),
        SMTP(a_mail_that_is_refused_for_good_is_parked_at_once),
        SMTP(one_mail_that_fails_holds_up_no_other),
        SMTP(a_server_that_is_not_there_is_tried_again),
        SMTP(a_mail_of_somebody_who_died_is_due_again),
        SMTP(several_servers_send_each_mail_once),
        SMTP(words_may_be_made_when_it_is_sent),
        SMTP(a_server_without_tls_is_refused_unless_it_is_here),
        TEST(while_mail_is_off_nothing_is_written),
        TEST(whoever_has_no_address_gets_no_mail),
        HTTP(sendgrid_is_told_the_mail),
        HTTP(sendgrid_may_be_busy_or_refuse),
        SMTP(the_thread_sends_by_itself_and_stops_at_once),
    };

    database = harness_database();
    db = db_open(database, "test mail");

    const int failed = cmocka_run_group_tests(tests, NULL, NULL);

    db_close(db);
    return failed;
}
