#include "session/session.h"

#include <stdio.h>

#include "auth/org_settings.h"
#include "base/clock.h"
#include "base/text.h"
#include "session/session_cache.h"
#include "session/session_cookie.h"
#include "test.h"

#define SECOND ((int64_t)1000000)
#define MINUTE (60 * SECOND)
#define IDLE (30 * MINUTE)
#define ABSOLUTE (60 * MINUTE)
#define START (1000 * MINUTE)

#define UPPER_CASE                                                                                 \
    "1.2.0123456789abcdef0123456789abcdef."                                                        \
    "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"

static int open_cookies(void **state)
{
    (void)state;
    session_key_set("the key of the tests, long enough");
    return 0;
}

static int open_cache(void **state)
{
    *org_settings_defaults() = (struct org_settings){ .idle_seconds = IDLE / SECOND,
        .absolute_seconds = ABSOLUTE / SECOND };
    session_cache_start();
    return open_cookies(state);
}

static int close_cache(void **state)
{
    (void)state;
    session_cache_stop();
    return 0;
}

static void make_cookie(int64_t id, char cookie[SESSION_COOKIE_MAX])
{
    struct session_claim claim = { .org_id = 1, .id = id };

    snprintf(claim.secret, sizeof claim.secret, "%032llx", (unsigned long long)id * 77);
    session_cookie_write(&claim, cookie);
}

static void a_cookie_says_what_was_written(void **state)
{
    struct session_claim claim = { 123456789012345678, 987654321098765432,
        "0123456789abcdef0123456789abcdef" };
    struct session_claim found;
    char cookie[SESSION_COOKIE_MAX];

    (void)state;
    session_cookie_write(&claim, cookie);
    assert_true(session_cookie_parse(cookie, &found));
    assert_true(found.org_id == claim.org_id && found.id == claim.id);
    assert_string_equal(found.secret, claim.secret);
    assert_true(session_cookie_is_signed(cookie));
}

static void a_cookie_with_any_character_changed_is_forged(void **state)
{
    char cookie[SESSION_COOKIE_MAX];
    struct session_claim claim;
    struct arena arena = { 0 };
    struct session_view view;

    (void)state;
    make_cookie(42, cookie);
    for (size_t i = 0; cookie[i]; i++) {
        const char was = cookie[i];

        cookie[i] = was == '7' ? '8' : '7';
        if (session_cookie_parse(cookie, &claim))
            assert_false(session_cookie_is_signed(cookie));
        assert_int_equal(session_find_cached(&arena, cookie, true, &view), SESSION_NONE);
        cookie[i] = was;
    }
    assert_int_equal(session_find_cached(&arena, cookie, true, &view), SESSION_NOT_CACHED);
    arena_free(&arena);
}

static void what_is_no_cookie_is_refused(void **state)
{
    static const char *const bad[] = { "", ".", "1", "1.2", "1.2.3.4", "-1.2.", "1.2..",
        "9999999999999999999999.1.0123456789abcdef0123456789abcdef.", "1.2.x",
        "1.2.0123456789abcdef0123456789abcdef.", "1.2.0123456789abcdef0123456789abcdef",
        UPPER_CASE };
    struct session_claim claim;
    struct arena arena = { 0 };
    struct session_view view;

    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        assert_false(session_cookie_parse(bad[i], &claim));
        assert_int_equal(session_find_cached(&arena, bad[i], true, &view), SESSION_NONE);
    }
    assert_int_equal(session_find_cached(&arena, NULL, true, &view), SESSION_NONE);
    arena_free(&arena);
}

static void another_key_makes_all_cookies_forgeries(void **state)
{
    char cookie[SESSION_COOKIE_MAX];

    make_cookie(42, cookie);
    session_key_set("another key");
    assert_false(session_cookie_is_signed(cookie));
    open_cookies(state);
    assert_true(session_cookie_is_signed(cookie));
}

static void tokens_differ_by_session_and_are_no_signatures(void **state)
{
    char one[33], other[33], again[33], hash[65];

    (void)state;
    session_secret_hash("0123456789abcdef0123456789abcdef", hash);
    session_csrf_token(1, 42, hash, one);
    session_csrf_token(1, 43, hash, other);
    session_csrf_token(1, 42, hash, again);
    assert_string_not_equal(one, other);
    assert_string_equal(one, again);
    assert_int_equal(strlen(one), 32);
}

static struct session_cache_query ask(int64_t id, const char *cookie, int64_t now_us)
{
    return (struct session_cache_query){ .org_id = 1,
        .id = id,
        .cookie = cookie,
        .now_us = now_us,
        .counts = true,
        .trusts_cache = true };
}

static enum session_cache_result put(
    int64_t id, int64_t user_id, const char *cookie, int64_t used_us, int64_t now_us)
{
    struct cached_session fresh = { .org_id = 1,
        .id = id,
        .user_id = user_id,
        .role = 3,
        .created_us = START,
        .used_us = used_us,
        .name = "asha" };
    const struct session_cache_query question = ask(id, cookie, now_us);
    struct cached_session found;

    snprintf(fresh.cookie, sizeof fresh.cookie, "%s", cookie);
    return session_cache_put(&question, &fresh, session_cache_generation(), &found);
}

static enum session_cache_result look(int64_t id, const char *cookie, int64_t now_us)
{
    const struct session_cache_query question = ask(id, cookie, now_us);
    struct cached_session found;

    return session_cache_find(&question, &found);
}

static void a_session_is_known_once_it_was_read(void **state)
{
    char cookie[SESSION_COOKIE_MAX], other[SESSION_COOKIE_MAX];
    struct cached_session found;

    (void)state;
    make_cookie(1, cookie);
    make_cookie(2, other);
    assert_int_equal(look(1, cookie, START), CACHE_UNKNOWN);
    assert_int_equal(put(1, 7, cookie, START, START), CACHE_KNOWN);
    assert_int_equal(look(1, other, START), CACHE_UNKNOWN);

    const struct session_cache_query question = ask(1, cookie, START + MINUTE);

    assert_int_equal(session_cache_find(&question, &found), CACHE_KNOWN);
    assert_int_equal(found.user_id, 7);
    assert_int_equal(found.role, 3);
    assert_string_equal(found.name, "asha");
    assert_true(found.used_us == START + MINUTE);
}

static void nothing_is_believed_while_the_feed_is_silent(void **state)
{
    char cookie[SESSION_COOKIE_MAX];
    struct cached_session found;

    (void)state;
    make_cookie(1, cookie);
    put(1, 7, cookie, START, START);

    struct session_cache_query question = ask(1, cookie, START);

    question.trusts_cache = false;
    assert_int_equal(session_cache_find(&question, &found), CACHE_STALE);
}

static void an_idle_session_is_asked_for_and_then_over(void **state)
{
    char cookie[SESSION_COOKIE_MAX];

    (void)state;
    make_cookie(1, cookie);
    put(1, 7, cookie, START, START);
    assert_int_equal(look(1, cookie, START + IDLE - 1), CACHE_KNOWN);
    assert_int_equal(look(1, cookie, START + 2 * IDLE - 2), CACHE_KNOWN);

    make_cookie(2, cookie);
    put(2, 7, cookie, START, START);
    assert_int_equal(look(2, cookie, START + IDLE), CACHE_STALE);
    assert_int_equal(put(2, 7, cookie, START, START + IDLE), CACHE_ENDED);
    assert_int_equal(look(2, cookie, START + IDLE), CACHE_ENDED);
}

static void use_on_another_server_keeps_a_session_alive(void **state)
{
    char cookie[SESSION_COOKIE_MAX];

    (void)state;
    make_cookie(1, cookie);
    put(1, 7, cookie, START, START);
    assert_int_equal(look(1, cookie, START + IDLE), CACHE_STALE);
    assert_int_equal(put(1, 7, cookie, START + IDLE / 2, START + IDLE), CACHE_KNOWN);
    assert_int_equal(look(1, cookie, START + IDLE), CACHE_KNOWN);
}

static void a_busy_session_is_over_at_its_absolute_limit(void **state)
{
    char cookie[SESSION_COOKIE_MAX];

    (void)state;
    make_cookie(1, cookie);
    put(1, 7, cookie, START, START);
    for (int64_t now_us = START; now_us < START + ABSOLUTE; now_us += MINUTE)
        assert_int_equal(look(1, cookie, now_us), CACHE_KNOWN);
    assert_int_equal(look(1, cookie, START + ABSOLUTE), CACHE_ENDED);
}

static void watching_is_no_activity(void **state)
{
    char cookie[SESSION_COOKIE_MAX];
    struct cached_session found;

    (void)state;
    make_cookie(1, cookie);
    put(1, 7, cookie, START, START);
    for (int64_t now_us = START; now_us < START + IDLE; now_us += MINUTE) {
        struct session_cache_query question = ask(1, cookie, now_us);

        question.counts = false;
        assert_int_equal(session_cache_find(&question, &found), CACHE_KNOWN);
    }
    assert_int_equal(look(1, cookie, START + IDLE), CACHE_STALE);
}

static bool is_doubted(int64_t id)
{
    char cookie[SESSION_COOKIE_MAX];

    make_cookie(id, cookie);
    return look(id, cookie, START) == CACHE_STALE;
}

/* Sessions 1 and 2 are of user 7, session 3 is of user 8. */
static void put_three(void)
{
    for (int64_t id = 1; id <= 3; id++) {
        char cookie[SESSION_COOKIE_MAX];

        make_cookie(id, cookie);
        put(id, id == 3 ? 8 : 7, cookie, START, START);
    }
}

static void a_notification_casts_doubt_on_whom_it_names(void **state)
{
    (void)state;
    put_three();
    session_invalidate("1.7.2");
    assert_true(!is_doubted(1) && is_doubted(2) && !is_doubted(3));

    put_three();
    session_invalidate("1.7");
    assert_true(is_doubted(1) && is_doubted(2) && !is_doubted(3));

    put_three();
    session_invalidate("1");
    assert_true(is_doubted(1) && is_doubted(2) && is_doubted(3));

    put_three();
    session_invalidate("2");
    assert_true(!is_doubted(1) && !is_doubted(2) && !is_doubted(3));

    session_invalidate("");
    assert_true(is_doubted(1) && is_doubted(2) && is_doubted(3));

    put_three();
    session_invalidate("nonsense");
    assert_true(is_doubted(1));
}

static void what_was_read_before_a_notification_is_not_kept(void **state)
{
    char cookie[SESSION_COOKIE_MAX];
    const uint64_t generation = session_cache_generation();
    struct cached_session fresh = {
        .org_id = 1, .id = 1, .user_id = 7, .created_us = START, .used_us = START
    };
    struct cached_session found;

    (void)state;
    make_cookie(1, cookie);
    snprintf(fresh.cookie, sizeof fresh.cookie, "%s", cookie);
    session_invalidate("1.7");

    const struct session_cache_query question = ask(1, cookie, START);

    assert_int_equal(session_cache_put(&question, &fresh, generation, &found), CACHE_KNOWN);
    assert_true(is_doubted(1));
}

static void an_account_that_is_changing_is_asked_for_until_it_has(void **state)
{
    char cookie[SESSION_COOKIE_MAX];

    (void)state;
    make_cookie(1, cookie);
    put(1, 7, cookie, START, START);
    session_cache_invalidate_until(1, 7, 0, START + 2 * MINUTE);
    assert_int_equal(put(1, 7, cookie, START, START + MINUTE), CACHE_KNOWN);
    assert_int_equal(look(1, cookie, START + MINUTE), CACHE_STALE);
    assert_int_equal(look(1, cookie, START + 2 * MINUTE), CACHE_KNOWN);
}

static void uses_are_saved_once_a_minute_and_survive_doubt(void **state)
{
    char cookie[SESSION_COOKIE_MAX];
    struct session_use uses[4];

    (void)state;
    put_three();
    make_cookie(2, cookie);
    look(2, cookie, START + MINUTE / 2);
    assert_int_equal(session_cache_unsaved_uses(uses, 4), 0);

    look(2, cookie, START + MINUTE);
    assert_int_equal(session_cache_unsaved_uses(uses, 4), 1);
    assert_int_equal(uses[0].id, 2);
    assert_true(uses[0].used_us == START + MINUTE);

    session_invalidate("");
    assert_int_equal(put(2, 7, cookie, START, START + MINUTE), CACHE_KNOWN);
    assert_true(session_cache_last_use(1, 2) == START + MINUTE);

    session_cache_mark_saved(uses, 1);
    assert_int_equal(session_cache_unsaved_uses(uses, 4), 0);
}

static void a_full_cache_forgets_those_asked_for_longest_ago(void **state)
{
    enum { COUNT = 40000 };
    char cookie[SESSION_COOKIE_MAX];
    int known = 0;

    (void)state;
    for (int64_t id = 1; id <= COUNT; id++) {
        make_cookie(id, cookie);
        put(id, 7, cookie, START + id, START + id);
    }
    for (int64_t id = 1; id <= COUNT; id++) {
        make_cookie(id, cookie);

        const bool is_known = look(id, cookie, START + COUNT) == CACHE_KNOWN;

        known += is_known;
        if (id > COUNT - 10000)
            assert_true(is_known);
    }
    assert_in_range(known, 20000, 32768);
}

static void looking_is_cheap(void **state)
{
    enum { TIMES = 200000 };
    char cookie[SESSION_COOKIE_MAX];
    struct cached_session found;

    (void)state;
    make_cookie(1, cookie);
    put(1, 7, cookie, START, START);

    const int64_t began_us = clock_us();

    for (int i = 0; i < TIMES; i++) {
        const struct session_cache_query question = ask(1, cookie, START + i);

        assert_int_equal(session_cache_find(&question, &found), CACHE_KNOWN);
    }

    const int64_t took_us = clock_us() - began_us;

    print_message("%.2f us a look\n", (double)took_us / TIMES);
    assert_true(took_us < (int64_t)TIMES * 50); /* sanitizers and busy machines are slow */
}

#define WITH_CACHE(test) cmocka_unit_test_setup_teardown(test, open_cache, close_cache)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_cookie_says_what_was_written, open_cookies),
        cmocka_unit_test_setup(a_cookie_with_any_character_changed_is_forged, open_cookies),
        cmocka_unit_test_setup(what_is_no_cookie_is_refused, open_cookies),
        cmocka_unit_test_setup(another_key_makes_all_cookies_forgeries, open_cookies),
        cmocka_unit_test_setup(tokens_differ_by_session_and_are_no_signatures, open_cookies),
        WITH_CACHE(a_session_is_known_once_it_was_read),
        WITH_CACHE(nothing_is_believed_while_the_feed_is_silent),
        WITH_CACHE(an_idle_session_is_asked_for_and_then_over),
        WITH_CACHE(use_on_another_server_keeps_a_session_alive),
        WITH_CACHE(a_busy_session_is_over_at_its_absolute_limit),
        WITH_CACHE(watching_is_no_activity),
        WITH_CACHE(a_notification_casts_doubt_on_whom_it_names),
        WITH_CACHE(what_was_read_before_a_notification_is_not_kept),
        WITH_CACHE(an_account_that_is_changing_is_asked_for_until_it_has),
        WITH_CACHE(uses_are_saved_once_a_minute_and_survive_doubt),
        WITH_CACHE(a_full_cache_forgets_those_asked_for_longest_ago),
        WITH_CACHE(looking_is_cheap),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
