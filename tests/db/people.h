/*
 * People: what the tests of accounts share. The organisation has the administrators ada and amar,
 * the biller bina and the dispatcher dev of the area Lucknow, all with the password PASSWORD; `db`
 * is a session as the role that serves.
 */
#ifndef TESTS_DB_PEOPLE_H
#define TESTS_DB_PEOPLE_H

#include "db/db.h"
#include "session/session.h"
#include "user/user_change.h"

#define PASSWORD "Monsoon-7-lorries"
#define OTHER_PASSWORD "Monsoon-8-lorries"

extern struct db *db;
extern struct call call;
extern const char *serve; /* for more sessions */

int people_open(void **state);
int people_close(void **state);

/* Around each test: the four as they were, nobody else, no rows that tell of anything. */
int people_begin(void **state);
int people_end(void **state);

#define WITH_PEOPLE(test) cmocka_unit_test_setup_teardown(test, people_begin, people_end)

/* Whose id this is; 0 when there is nobody of the name. */
int64_t id_of(const char *username);

/* From here on `call` is this person's. Returns true, so that it can begin a chain. */
bool as(const char *username);

/* One step of `call` in a transaction of its own, as a worker does it: what came of it. */
#define FAULT_OF(step) people_fault(people_step() && (step))
bool people_step(void);
enum fault_code people_fault(bool good);

/* The field that the last fault was about; "" for none. */
const char *wrong_field(void);

/* The number in the first column of the first row of what SQL says, as the owner. */
int64_t count_of(const char *sql);

/* How often the audit log tells of this. */
int64_t audited(const char *action);

void run(const char *sql);

/* A session of this person, as its cookie; and whether that still opens anything. */
const char *cookie_of(const char *username);
bool is_signed_in(const char *cookie);

#endif
