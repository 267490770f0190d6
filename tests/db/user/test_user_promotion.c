/*
 * Asking to be made an administrator.
 */
#include "user/promotion.h"

#include <pthread.h>

#include "auth/permission.h"
#include "db/people.h"
#include "notice/notice.h"
#include "test.h"

#define REASON "I keep the store on Sundays."

static struct promotion promotion;

static enum fault_code ask(const char *reason)
{
    return FAULT_OF(promotion_create(&call, reason, &promotion));
}

static enum fault_code decide(int64_t id, bool approve, const char *notes)
{
    return FAULT_OF(promotion_decide(&call, id, approve, notes, &promotion));
}

static size_t promotions(struct promotion_filter filter)
{
    struct list rows = { .count = 0 };

    filter.before = NO_I64;
    filter.span.count = 50;
    assert_int_equal(FAULT_OF(promotion_list(&call, &filter, &rows)), FAULT_NONE);
    return rows.count;
}

static void one_request_is_pending_at_a_time(void **state)
{
    (void)state;
    as("dev");
    assert_int_equal(ask("  too short  "), FAULT_BAD_FIELDS);
    assert_int_equal(ask("         \t\n          "), FAULT_BAD_FIELDS);
    assert_int_equal(ask("\xe0\xa4\xae\xe0\xa5\x81\xe0\xa4\x9d\xe0\xa5\x87"), FAULT_BAD_FIELDS);
    assert_int_equal(ask(REASON), FAULT_NONE);
    assert_int_equal(promotion.state, PROMOTION_STATE_PENDING);
    assert_string_equal(promotion.username, "dev");
    assert_int_equal(ask(REASON), FAULT_REFUSED);
    as("bina");
    assert_int_equal(ask(REASON), FAULT_NONE);
    assert_int_equal(promotions((struct promotion_filter){ .state = NULL }), 1);
    as("ada");
    assert_int_equal(ask(REASON), FAULT_REFUSED);
    assert_int_equal(promotions((struct promotion_filter){ .state = NULL }), 2);
    assert_int_equal(promotions((struct promotion_filter){ .username = "DEV" }), 1);
    assert_int_equal(promotions((struct promotion_filter){ .state = "approved" }), 0);
    assert_int_equal(count_of("SELECT count(*) FROM notification"), 4);
}

static void an_approved_request_makes_an_admin_once(void **state)
{
    const char *cookie = cookie_of("dev");
    struct list notices;
    struct user user;

    (void)state;
    as("dev");
    assert_int_equal(ask(REASON), FAULT_NONE);

    const int64_t id = promotion.id;

    as("ada");
    assert_int_equal(decide(id, true, " Welcome. "), FAULT_NONE);
    assert_int_equal(promotion.state, PROMOTION_STATE_APPROVED);
    assert_int_equal(promotion.role, ROLE_ADMIN);
    assert_string_equal(promotion.decided_by, "ada");
    assert_string_equal(promotion.notes, "Welcome.");
    assert_int_equal(FAULT_OF(user_find(&call, id_of("dev"), &user)), FAULT_NONE);
    assert_int_equal(user.role, ROLE_ADMIN);
    assert_null(user.area);
    assert_true(is_signed_in(cookie));
    assert_int_equal(decide(id, false, NULL), FAULT_REFUSED);
    assert_int_equal(decide(id + 1000, true, NULL), FAULT_NOT_FOUND);
    assert_int_equal(count_of("SELECT count(*) FROM audit_log WHERE action = 'user_role'"), 1);
    assert_int_equal(count_of("SELECT count(*) FROM audit_log WHERE action ~ '^promotion'"), 2);

    as("dev");
    assert_int_equal(
        FAULT_OF(notice_list(
            &call, &(struct notice_filter){ .span.count = 10, .after_id = NO_I64 }, &notices)),
        FAULT_NONE);
    assert_int_equal(notices.count, 1);

    const struct notice *notice = notices.items;

    assert_non_null(strstr(notice->message, "Welcome."));
    assert_string_equal(notice->link, "/you/promotion"); /* a page that the asker has in any case */
}

static void a_refused_request_changes_nothing_and_may_be_made_again(void **state)
{
    (void)state;
    as("dev");
    assert_int_equal(ask(REASON), FAULT_NONE);

    const int64_t id = promotion.id;

    as("ada");
    assert_int_equal(decide(id, false, NULL), FAULT_NONE);
    assert_int_equal(promotion.state, PROMOTION_STATE_REFUSED);
    assert_int_equal(promotion.role, ROLE_DISPATCHER);
    assert_null(promotion.notes);
    as("dev");
    assert_int_equal(ask(REASON), FAULT_NONE);
    assert_int_equal(promotions((struct promotion_filter){ .state = NULL }), 2);
}

static void a_request_goes_with_its_account(void **state)
{
    (void)state;
    as("dev");
    assert_int_equal(ask(REASON), FAULT_NONE);

    const int64_t id = promotion.id;

    as("ada");
    assert_int_equal(FAULT_OF(user_delete(&call, id_of("dev"))), FAULT_NONE);
    assert_int_equal(decide(id, true, NULL), FAULT_REFUSED);
    assert_int_equal(promotions((struct promotion_filter){ .state = "withdrawn" }), 1);
}

struct decider {
    const char *name;
    int64_t id;
    bool approve, done;
    pthread_barrier_t *start;
};

static void *decide_at_once(void *argument)
{
    struct decider *decider = argument;
    struct call caller = { .db = db_open(serve, "decider"), .org_id = 1, .address = "" };
    struct promotion decided;
    struct user self;

    decider->done = user_find_by_name(&caller, decider->name, &self);
    caller.person = (struct person){ .id = self.id, .role = ROLE_ADMIN, .name = decider->name };
    pthread_barrier_wait(decider->start);
    decider->done = decider->done && db_begin(&caller)
        && promotion_decide(&caller, decider->id, decider->approve, NULL, &decided)
        && db_commit(&caller);
    if (!decider->done) {
        assert_int_equal(caller.fault.code, FAULT_REFUSED);
        db_rollback(&caller);
    }
    db_close(caller.db);
    arena_free(&caller.arena);
    return NULL;
}

static void of_two_who_decide_at_once_one_does(void **state)
{
    for (int round = 0; round < 10; round++) {
        pthread_barrier_t start;
        pthread_t threads[2];

        people_begin(state);
        as("dev");
        assert_int_equal(ask(REASON), FAULT_NONE);

        struct decider deciders[] = {
            { .name = "ada", .id = promotion.id, .approve = true, .start = &start },
            { .name = "amar", .id = promotion.id, .approve = false, .start = &start },
        };

        pthread_barrier_init(&start, NULL, 2);
        for (int i = 0; i < 2; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, decide_at_once, &deciders[i]), 0);
        for (int i = 0; i < 2; i++)
            pthread_join(threads[i], NULL);
        pthread_barrier_destroy(&start);
        assert_int_equal(deciders[0].done + deciders[1].done, 1);
        assert_int_equal(
            count_of("SELECT count(*) FROM users WHERE username = 'dev' AND role = 'admin'"),
            deciders[0].done);
        assert_int_equal(count_of("SELECT count(*) FROM notification n JOIN users u"
                                  " ON u.id = n.user_id WHERE u.username = 'dev'"),
            1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PEOPLE(one_request_is_pending_at_a_time),
        WITH_PEOPLE(an_approved_request_makes_an_admin_once),
        WITH_PEOPLE(a_refused_request_changes_nothing_and_may_be_made_again),
        WITH_PEOPLE(a_request_goes_with_its_account),
        WITH_PEOPLE(of_two_who_decide_at_once_one_does),
    };

    return cmocka_run_group_tests(tests, people_open, people_close);
}
