#include "db/bills.h"
#include "db/db_args.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/uuid.h"
#include "db/harness.h"
#include "packing/store.h"
#include "test.h"

static const char fixture[] =
    "INSERT INTO org (name, host) VALUES ('Other', 'other.example');"
    "INSERT INTO bag_family (org_id, id, name, prefix, pattern, capacity, name_key)"
    " SELECT 2, id, name, prefix, pattern, capacity, name_key FROM bag_family WHERE org_id = 1;"
    "INSERT INTO users (org_id, username, password_hash, role, state)"
    " VALUES (1, 'bina', 'scrypt:1', 'biller', 'active'),"
    "        (2, 'otto', 'scrypt:1', 'biller', 'active');";

struct number {
    int64_t n;
};

static const struct field number_fields[] = { FIELD(struct number, n) };
static const struct shape number_shape = SHAPE(struct number, number_fields);

/* clang-format off */
static const struct db_query USER = { "t_user", "SELECT id AS n FROM users WHERE org_id = $1", 1, NULL };

/* Bills whose totals are not those of their bags. */
static const struct db_query WRONG_BILLS = { "t_wrong_bills",
    "SELECT count(*) AS n FROM bill l WHERE l.org_id = $1 AND (linked, children, weight_g, expected_g) <>"
    " (SELECT count(*), COALESCE(sum(child_count), 0), COALESCE(sum(weight_g), 0), COALESCE(sum(expected_g), 0)"
    "    FROM bag b WHERE b.org_id = $1 AND b.bill_id = l.id)", 1, NULL };

/* Figures of the counter that are not those of a recount. */
static const struct db_query WRONG_COUNTERS = { "t_wrong_counters",
    "SELECT (c.bills <> l.bills)::int + (c.bills_done <> l.done)::int + (c.parents <> b.parents)::int"
    "       + (c.scans <> s.scans)::int + (h.scans <> s.scans)::int AS n"
    "  FROM (SELECT sum(bills) AS bills, sum(bills_done) AS bills_done, sum(parents) AS parents,"
    "               sum(scans) AS scans FROM counter WHERE org_id = $1) c,"
    "       (SELECT COALESCE(sum(scans), 0) AS scans FROM counter_hour WHERE org_id = $1) h,"
    "       (SELECT count(*) AS bills, count(*) FILTER (WHERE status = 'completed') AS done"
    "          FROM bill WHERE org_id = $1) l,"
    "       (SELECT count(*) AS parents FROM bag WHERE org_id = $1 AND kind = 'parent') b,"
    "       (SELECT count(*) AS scans FROM scan WHERE org_id = $1 AND kind IN ('bill', 'link', 'return')) s", 1, NULL };
/* clang-format on */

struct db *db;
struct call call;

int64_t number(struct call *asker, const struct db_query *query, struct db_args args)
{
    struct number row;

    assert_true(db_one_args(asker, query, args, &number_shape, &row));
    return row.n;
}

struct call call_for(int64_t org, struct db *session)
{
    struct call made = { .db = session, .org_id = org, .address = "" };

    made.person.id = number(&made, &USER, DB_NO_ARGS);
    return made;
}

int bills_setup(void **state)
{
    (void)state;
    harness_run(harness_database(), fixture);
    db = db_open(harness_database(), "test");
    call = call_for(ORG, db);
    return 0;
}

int bills_teardown(void **state)
{
    (void)state;
    arena_free(&call.arena);
    db_close(db);
    return 0;
}

/* The transaction of a call around one step of it. */
bool ended(struct call *asker, bool good)
{
    if (good)
        return db_commit(asker);
    db_rollback(asker);
    return false;
}

const char *fresh_code(const char *prefix)
{
    static int last;

    return arena_format(&call.arena, "%s%05d", prefix, ++last);
}

struct bill make_bill(struct call *asker, const char *code, int64_t capacity)
{
    const struct bill_draft draft = { .code = code, .capacity = capacity };
    struct bill bill = { 0 };

    assert_true(DO(asker, bill_create(asker, &draft, &bill)));
    return bill;
}

struct bill bill_now(struct call *asker, const char *code)
{
    struct bill bill;

    assert_true(bill_find(asker, code, &bill));
    return bill;
}

struct bill_scan scan_of(struct call *asker, const char *bill, const char *qr, bool create)
{
    struct bill_scan scan = { .arena = &asker->arena,
        .bill = bill,
        .qr = qr,
        .create = create,
        .user_id = asker->person.id };

    uuid7_create(scan.id);
    return scan;
}

/* As a lane does it: a lost race is run again. Cmocka's own asserts are for the main thread only.
 */
static void lost_race(struct call *asker)
{
    if (asker->fault.code != FAULT_AGAIN && asker->fault.code != FAULT_CONFLICT) {
        fprintf(stderr, "%s\n", asker->fault.detail);
        abort();
    }
    fail_clear(asker);
}

void judge(struct call *asker, struct bill_scan *const *scans, size_t count)
{
    fail_clear(asker);
    while (!bill_store_scans(asker, scans, count))
        lost_race(asker);
}

struct bill_scan put_on(struct call *asker, const char *bill, const char *qr)
{
    struct bill_scan scan = scan_of(asker, bill, qr, true);

    judge(asker, (struct bill_scan *[]){ &scan }, 1);
    return scan;
}

void pack(struct call *asker, const char *parent, const char *child)
{
    struct packing_scan scan = { .arena = &asker->arena,
        .parent = parent,
        .child = child,
        .at_us = NO_I64,
        .user_id = asker->person.id };

    uuid7_create(scan.id);
    fail_clear(asker);
    while (!packing_store_scans(asker, (struct packing_scan *[]){ &scan }, 1))
        lost_race(asker);
}

const char *public_message(const struct bill_scan *scan)
{
    struct json json = json_new(&call.arena);

    json_open(&json, '{');
    json_put_text(&json, "verdict", verdict_name(scan->verdict));
    json_put_text(&json, "where", scan->where ? scan->where : "");
    bill_scan_to_json(&json, scan);
    json_close(&json, '}');
    return json.text;
}

void check_figures(struct call *asker)
{
    assert_int_equal(number(asker, &WRONG_BILLS, DB_NO_ARGS), 0);
    assert_int_equal(number(asker, &WRONG_COUNTERS, DB_NO_ARGS), 0);
}
