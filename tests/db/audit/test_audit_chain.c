/*
 * The chain of the audit log: how it is made while others write, that every kind of tampering is
 * found, and that retention is none.
 */
#include "audit/seal.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "audit/audit.h"
#include "audit/verify.h"
#include "base/text.h"
#include "db/db.h"

#include "db/notes.h"
#include "db/rights.h"
#include "test.h"

#define WITH_ORG(test) cmocka_unit_test_setup_teardown(test, notes_begin, notes_end)

static void notes_wait_for_their_seals_and_then_the_chain_holds(void **state)
{
    (void)state;
    assert_sound(0, 0);
    notes_write(5);
    assert_sound(0, 5);
    notes_seal();
    assert_sound(5, 0);
    notes_write(2);
    notes_seal();
    notes_seal();
    assert_sound(7, 0);

    const struct audit_check check = notes_verify();
    bool same;

    assert_int_equal(check.seq, 7);
    assert_true(audit_seal_matches(&call, 7, check.hash, &same));
    assert_true(same);
    assert_true(audit_seal_matches(&call, 6, check.hash, &same));
    assert_false(same);
    assert_false(audit_seal_matches(&call, 8, check.hash, &same));
}

static void a_walk_goes_on_where_it_stopped(void **state)
{
    struct audit_check check;

    (void)state;
    notes_write(6);
    notes_seal();
    assert_true(audit_verify(&call, "4", 0, &check));
    assert_int_equal(check.sealed, 2);
    assert_int_equal(check.notes, 6);
    assert_null(check.wrong);
    assert_true(audit_verify(&call, "-5000000000000000.0", 0, &check));
    assert_int_equal(check.sealed, 0);
    assert_int_equal(check.notes, 6);
    assert_false(audit_verify(&call, "here", 0, &check));
    assert_int_equal(call.fault.code, FAULT_BAD_FIELDS);
}

/* What is told, and of which seal (0: of none). */
struct tampering {
    const char *sql, *wrong;
    int64_t seq;
};

#define NOTE(seq)                                                                                  \
    "(at, id) = (SELECT at, id FROM audit_seal s WHERE s.org_id = o AND s.seq = " #seq ")"
#define DO(sql) "DO $$ DECLARE o bigint := " ORG "; BEGIN " sql " END $$"
#define CHANGE(what) DO("UPDATE audit_log SET " what " WHERE org_id = o AND " NOTE(4) ";")

/* clang-format off */
static const struct tampering tamperings[] = {
    { CHANGE("action = 'bill.other'"), "changed", 4 },
    { CHANGE("entity = 'bag'"), "changed", 4 },
    { CHANGE("entity_id = 99"), "changed", 4 },
    { CHANGE("user_id = NULL"), "changed", 4 },
    { CHANGE("before = NULL"), "changed", 4 },
    { CHANGE("before = NULL, after = NULL"), "changed", 4 },
    { CHANGE("after = after || '{\"linked\":3}'"), "changed", 4 },
    { CHANGE("reason = NULL"), "changed", 4 },
    { CHANGE("reason = ''"), "changed", 4 },
    { CHANGE("address = ''"), "changed", 4 },
    { CHANGE("request_id = 'other'"), "changed", 4 },
    { CHANGE("at = at - interval '1 microsecond'"), "missing", 4 },
    { DO("DELETE FROM audit_log WHERE org_id = o AND " NOTE(4) ";"), "missing", 4 },
    { DO("DELETE FROM audit_log WHERE org_id = o AND " NOTE(4) ";"
         "DELETE FROM audit_seal WHERE org_id = o AND seq = 4;"), "missing", 4 },
    { DO("DELETE FROM audit_seal WHERE org_id = o AND seq = 1;"), "missing", 1 },
    { DO("DELETE FROM audit_log WHERE org_id = o AND " NOTE(9) ";"
         "DELETE FROM audit_seal WHERE org_id = o AND seq = 9;"), "missing", 9 },
    { DO("DELETE FROM audit_log WHERE org_id = o AND at >= (SELECT min(at) FROM audit_seal"
         "  WHERE org_id = o AND seq >= 8);"
         "DELETE FROM audit_seal WHERE org_id = o AND seq >= 8;"), "missing", 8 },
    { DO("INSERT INTO audit_log (org_id, action, entity) VALUES (o, 'bill.close', 'bill');"),
      "inserted", 0 },
    { DO("INSERT INTO audit_log (org_id, at, action, entity)"
         " VALUES (o, now() - interval '9 days', 'bill.close', 'bill');"), "inserted", 0 },
    { DO("INSERT INTO audit_log (org_id, at, action, entity)"
         " VALUES (o, 'infinity', 'bill.close', 'bill');"), "inserted", 0 },
    /* Two notes change places, by what they say and by when they were. */
    { DO("UPDATE audit_log a SET entity_id = 7 - entity_id WHERE org_id = o"
         " AND entity_id IN (3, 4);"), "changed", 3 },
    { DO("UPDATE audit_log a SET at = b.at + interval '1 second' FROM audit_log b"
         " WHERE a.org_id = o AND b.org_id = o AND a.entity_id = 3 AND b.entity_id = 4;"),
      "missing", 3 },
    { DO("UPDATE audit_seal SET seq = seq + 100 WHERE org_id = o AND seq IN (3, 4);"
         "UPDATE audit_seal SET seq = 107 - seq WHERE org_id = o AND seq > 100;"), "broken", 3 },
    /* Who knows how seals are made forges one, and its hash: the next one tells. */
    { DO("UPDATE audit_seal SET kept = NOT kept WHERE org_id = o AND seq = 4;"), "broken", 4 },
    { DO("UPDATE audit_log SET reason = 'forged' WHERE org_id = o AND " NOTE(4) ";"
         "UPDATE audit_seal s SET note_hash = audit_note_hash(a, s.snapshots) FROM audit_log a"
         " WHERE s.org_id = o AND s.seq = 4 AND a.org_id = o AND a.at = s.at AND a.id = s.id;"),
      "broken", 4 },
    { DO("UPDATE audit_log SET reason = 'forged' WHERE org_id = o AND " NOTE(4) ";"
         "UPDATE audit_seal s SET note_hash = audit_note_hash(a, s.snapshots) FROM audit_log a"
         " WHERE s.org_id = o AND s.seq = 4 AND a.org_id = o AND a.at = s.at AND a.id = s.id;"
         "UPDATE audit_seal s SET hash = audit_next(b.hash, audit_link(s)) FROM audit_seal b"
         " WHERE s.org_id = o AND s.seq = 4 AND b.org_id = o AND b.seq = 3;"), "broken", 5 },
    { DO("UPDATE audit_head SET hash = sha256('') WHERE org_id = o;"), "broken", 9 },
    { DO("UPDATE audit_head SET seq = 8 WHERE org_id = o;"), "inserted", 9 },
    { DO("DELETE FROM audit_head WHERE org_id = o;"), "inserted", 1 },
    /* A note that was not even sealed. */
    { DO("INSERT INTO audit_pending VALUES (o, 999999999, now());"), "missing", 0 },
};
/* clang-format on */

static void every_kind_of_tampering_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(tamperings); i++) {
        const struct tampering *tampering = &tamperings[i];

        notes_write(9);
        notes_seal();
        assert_sound(9, 0);
        as_owner(tampering->sql);

        const struct audit_check check = notes_verify();

        if (!check.wrong || strcmp(check.wrong, tampering->wrong) != 0
            || (tampering->seq && check.wrong_seq != tampering->seq))
            print_error("%s\nis told as %s of seal %lld\n", tampering->sql,
                check.wrong ? check.wrong : "nothing", (long long)check.wrong_seq);
        assert_string_equal(check.wrong, tampering->wrong);
        if (tampering->seq)
            assert_int_equal(check.wrong_seq, tampering->seq);
        notes_end(state);
        notes_begin(state);
    }
}

/* After the planner has learned that there is no such organisation. */
static void a_bad_place_far_from_the_start_is_found(void **state)
{
    (void)state;
    as_owner("ANALYZE audit_log, audit_pending, audit_seal");
    as_owner("WITH n AS (INSERT INTO audit_log (org_id, action, entity, entity_id)"
             " SELECT " ORG ", 'bag.create', 'bag', g FROM generate_series(1, 25000) g"
             " RETURNING org_id, id, at) INSERT INTO audit_pending SELECT * FROM n");
    notes_seal();
    assert_sound(25000, 0);
    as_owner("UPDATE audit_log SET entity_id = 0 WHERE entity_id = 15000 AND org_id = " ORG);
    assert_string_equal(notes_verify().wrong, "changed");
    assert_int_equal(notes_verify().wrong_seq, 15000);
}

static void a_note_that_commits_late_is_sealed_late(void **state)
{
    struct call slow;

    (void)state;
    notes_use(&slow, "slow");
    assert_true(db_begin(&slow));
    assert_true(note_write(&slow, 1)); /* the first id, and the earliest time */
    notes_write(3);
    notes_seal();
    assert_sound(3, 0);
    notes_write(1);
    assert_true(db_commit(&slow));
    assert_sound(3, 2);
    notes_seal();
    assert_sound(5, 0);

    assert_true(db_begin(&slow));
    assert_true(note_write(&slow, 1));
    db_rollback(&slow);
    notes_seal();
    assert_sound(5, 0);
    notes_leave(&slow);
}

#define WRITERS 3
#define SEALERS 2
#define EACH 150

static atomic_int writing;

static void *write_many(void *unused)
{
    struct call mine;

    notes_use(&mine, "writer");
    for (int64_t i = 0; i < EACH; i++) {
        if (!db_begin(&mine) || !note_write(&mine, i) || !note_write(&mine, i) || !db_commit(&mine))
            fprintf(stderr, "writer: %s\n", mine.fault.detail), abort();
        arena_end(&mine.arena);
    }
    notes_leave(&mine);
    atomic_fetch_sub(&writing, 1);
    return unused;
}

static void *seal_all(void *unused)
{
    struct call mine;

    notes_use(&mine, "sealer");
    while (atomic_load(&writing) > 0) {
        if (!audit_seal(&mine))
            fprintf(stderr, "sealer: %s\n", mine.fault.detail), abort();
        arena_end(&mine.arena);
    }
    notes_leave(&mine);
    return unused;
}

static void two_servers_seal_while_others_write(void **state)
{
    pthread_t threads[WRITERS + SEALERS];

    (void)state;
    atomic_store(&writing, WRITERS);
    for (int i = 0; i < WRITERS + SEALERS; i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, i < WRITERS ? write_many : seal_all, NULL), 0);
    while (atomic_load(&writing) > 0)
        assert_null(notes_verify().wrong);
    for (int i = 0; i < WRITERS + SEALERS; i++)
        pthread_join(threads[i], NULL);

    notes_seal();
    assert_sound(WRITERS * EACH * 2, 0);
}

/* Somebody holds the head: whoever else wants to seal has nothing to do, and does not wait. */
static void a_second_sealer_does_not_wait(void **state)
{
    static const struct db_query hold = { "t_hold", "SELECT audit_seal_notes($1, 100) AS n", 1,
        NULL };
    struct call other;

    (void)state;
    notes_use(&other, "other");
    notes_write(3);
    notes_seal();
    notes_write(2);
    assert_true(db_begin(&other));
    assert_true(number_of(&other, &hold) == 2);
    assert_int_equal(number_of(&call, &hold), 0);
    assert_true(db_commit(&other));
    assert_sound(5, 0);
    notes_leave(&other);
}

static const struct db_query NOTES = { "t_notes",
    "SELECT count(*) AS n FROM audit_log WHERE org_id = $1", 1, NULL };
static const struct db_query SEALS = { "t_seals",
    "SELECT count(*) AS n FROM audit_seal WHERE org_id = $1", 1, NULL };
static const struct db_query SNAPSHOTS = { "t_snapshots",
    "SELECT count(*) AS n FROM audit_log WHERE org_id = $1 AND after IS NOT NULL", 1, NULL };
static const struct db_query DELETIONS = { "t_deletions",
    "SELECT count(*) AS n FROM audit_log WHERE org_id = $1 AND action = 'bill.delete'", 1, NULL };
static const struct db_query MONTHS = { "t_months",
    "SELECT count(*) AS n FROM pg_class WHERE relname ~ '^audit_log_\\d{4}_\\d\\d$' AND $1 > 0"
    " AND to_date(right(relname, 7), 'YYYY_MM') < now() - interval '130 days'",
    1, NULL };

/* A note of so many days ago, with snapshots, as audit_note() would have left it. */
static void write_old(const char *days, const char *action)
{
    as_owner(arena_format(&call.arena,
        "WITH n AS (INSERT INTO audit_log (org_id, at, action, entity, before, after)"
        " VALUES (" ORG ", now() - interval '%s days', '%s', 'bill', '{\"n\": 1}', '{\"n\": 2}')"
        " RETURNING org_id, id, at) INSERT INTO audit_pending SELECT * FROM n",
        days, action));
}

static void retain(void)
{
    const int64_t org_id = call.org_id;

    assert_true(audit_apply_retention(&call));
    call.org_id = org_id;
}

static void retention_takes_what_is_too_old_and_the_chain_holds(void **state)
{
    (void)state;
    write_old("250", "bill.edit");
    write_old("250", "bill.delete");
    write_old("200", "user_role");
    write_old("200", "bill.edit");
    retain();
    assert_int_equal(number_of(&call, &NOTES), 4); /* nothing goes unsealed */
    write_old("80", "bill.edit");
    write_old("80", "bill.delete");
    write_old("31", "bill.edit");
    write_old("29", "bill.edit");
    notes_seal();
    assert_sound(8, 0);

    retain();
    assert_int_equal(number_of(&call, &NOTES), 6);
    assert_int_equal(number_of(&call, &SNAPSHOTS), 4);
    assert_int_equal(number_of(&call, &SEALS), 8);
    assert_int_equal(number_of(&call, &MONTHS), 0);
    assert_sound(8, 0);
    assert_int_equal(notes_verify().retired, 2);
    assert_int_equal(number_of(&call, &DELETIONS), 2);

    retain();
    notes_write(1);
    notes_seal();
    assert_sound(9, 0);
}

static void what_retention_may_not_take_is_missed(void **state)
{
    (void)state;
    write_old("200", "bill.delete");
    write_old("60", "bill.edit");
    notes_seal();
    retain();
    assert_sound(2, 0);
    as_owner("DELETE FROM audit_log WHERE org_id = " ORG " AND action = 'bill.edit'");
    assert_int_equal(notes_verify().wrong_seq, 2);
    as_owner("UPDATE audit_log SET before = NULL, after = NULL WHERE org_id = " ORG);
    assert_string_equal(notes_verify().wrong, "changed");
    assert_int_equal(notes_verify().wrong_seq, 1);
    as_owner("DELETE FROM audit_log WHERE org_id = " ORG);
    assert_string_equal(notes_verify().wrong, "missing");
    assert_int_equal(notes_verify().wrong_seq, 1);
}

static const struct db_query KEPT = { "t_kept",
    "SELECT count(*) FILTER (WHERE kept) AS n FROM audit_seal WHERE org_id = $1", 1, NULL };

/* The table in SQL has a row for each action, that row is the one in C, and the seal is by it. */
static void each_action_is_kept_as_its_table_says(void **state)
{
    static const struct db_query rows = { "t_rows",
        "SELECT count(*) AS n FROM audit_action WHERE $1 > 0", 1, NULL };
    int64_t kept = 0;

    (void)state;
    assert_int_equal(number_of(&call, &rows), AUDIT_ACTION_COUNT - 1);
    for (unsigned i = 1; i < AUDIT_ACTION_COUNT; i++) {
        const enum audit_action action = (enum audit_action)i;

        assert_true(audit_note(&call, action, 0, NULL, NULL, NULL));
        notes_seal();
        kept += audit_action_is_kept(action);
        if (number_of(&call, &KEPT) != kept)
            print_error("%s\n", word_set_word(&audit_action_set, action));
        assert_int_equal(number_of(&call, &KEPT), kept);
    }
    assert_true(kept > 0 && kept < AUDIT_ACTION_COUNT - 1);
}

/* Names that only look like deletions and roles; and what no table knows is not thrown away. */
static void what_an_action_is_called_decides_nothing(void **state)
{
    (void)state;
    as_owner("INSERT INTO audit_action VALUES ('prisoner.parole', false), ('undelete', false)"
             " ON CONFLICT DO NOTHING");
    write_old("1", "prisoner.parole");
    write_old("1", "undelete");
    notes_seal();
    assert_int_equal(number_of(&call, &KEPT), 0);
    write_old("1", "something.else");
    notes_seal();
    assert_int_equal(number_of(&call, &KEPT), 1);
    as_owner("DELETE FROM audit_action WHERE name IN ('prisoner.parole', 'undelete')");
    assert_sound(3, 0);
}

/* clang-format off */
static const struct right rights[] = {
    { { "t_right_0", "SELECT FROM audit_seal WHERE org_id = $1", 1, NULL }, true },
    { { "t_right_1", "DELETE FROM audit_seal WHERE org_id = $1", 1, NULL }, false },
    { { "t_right_2", "UPDATE audit_seal SET kept = true WHERE org_id = $1", 1, NULL }, false },
    { { "t_right_3", "INSERT INTO audit_seal (org_id) VALUES ($1)", 1, NULL }, false },
    { { "t_right_4", "UPDATE audit_head SET seq = 0 WHERE org_id = $1", 1, NULL }, false },
    { { "t_right_5", "DELETE FROM audit_pending WHERE org_id = $1", 1, NULL }, false },
    { { "t_right_6", "UPDATE audit_pending SET id = 0 WHERE org_id = $1", 1, NULL }, false },
    { { "t_right_7", "UPDATE audit_log_default SET id = 0 WHERE org_id = $1", 1, NULL }, false },
    { { "t_right_8", "DELETE FROM audit_log WHERE org_id = $1", 1, NULL }, false },
};
/* clang-format on */

static void the_serving_role_can_forge_nothing(void **state)
{
    (void)state;
    assert_rights(&call, rights, COUNT_OF(rights));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ORG(notes_wait_for_their_seals_and_then_the_chain_holds),
        WITH_ORG(a_walk_goes_on_where_it_stopped),
        WITH_ORG(every_kind_of_tampering_is_found),
        WITH_ORG(a_bad_place_far_from_the_start_is_found),
        WITH_ORG(a_note_that_commits_late_is_sealed_late),
        WITH_ORG(two_servers_seal_while_others_write),
        WITH_ORG(a_second_sealer_does_not_wait),
        WITH_ORG(retention_takes_what_is_too_old_and_the_chain_holds),
        WITH_ORG(what_retention_may_not_take_is_missed),
        WITH_ORG(each_action_is_kept_as_its_table_says),
        WITH_ORG(what_an_action_is_called_decides_nothing),
        WITH_ORG(the_serving_role_can_forge_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
