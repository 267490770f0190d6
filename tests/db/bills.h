/*
 * Bills: what the tests of bills share. Two organisations, with a biller each: `bina` in ORG, whose
 * session `db` and whose call `call` is, and `otto` in OTHER_ORG.
 */
#ifndef TESTS_DB_BILLS_H
#define TESTS_DB_BILLS_H

#include "bill/bill.h"
#include "bill/bill_scan_json.h"
#include "bill/store.h"
#include "db/db_args.h"

#define ORG 1
#define OTHER_ORG 2

extern struct db *db;
extern struct call call;

int bills_setup(void **state);
int bills_teardown(void **state);

/* A call of the organisation's biller; its arena is the caller's to end. */
struct call call_for(int64_t org, struct db *session);

/* The one row of a statement that answers with a number `n`. */
int64_t number(struct call *asker, const struct db_query *query, struct db_args args);

/* The transaction of a call around one step of it, as a worker does it. */
#define DO(asker, step) (fail_clear(asker), db_begin(asker) && ended(asker, step))
bool ended(struct call *asker, bool good);

/* A code that no other test uses: "SB" makes a parent of 30. */
const char *fresh_code(const char *prefix);

struct bill make_bill(struct call *asker, const char *code, int64_t capacity);
struct bill bill_now(struct call *asker, const char *code);

/* Scans of bags onto bills. As in a lane, a lost race is run again. */
struct bill_scan scan_of(struct call *asker, const char *bill, const char *qr, bool create);
void judge(struct call *asker, struct bill_scan *const *scans, size_t count);
struct bill_scan put_on(struct call *asker, const char *bill, const char *qr);

/* Put a child into a parent. */
void pack(struct call *asker, const char *parent, const char *child);

/* All that a scan's answer says, as JSON. */
const char *public_message(const struct bill_scan *scan);

/* Every bill's totals are those of its bags, every counter is what a recount gives. */
void check_figures(struct call *asker);

#endif
