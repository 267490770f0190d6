/*
 * Notes: what the tests of the audit log have in common. Each has an organisation of its own, the
 * newest one, so that whatever it does to the chain ends with it.
 */
#ifndef TESTS_DB_NOTES_H
#define TESTS_DB_NOTES_H

#include "audit/verify.h"
#include "base/shape.h"
#include "db/db.h"

/* In SQL: the organisation of the test in hand. */
#define ORG "(SELECT max(org_id) FROM org)"

/* The session of the test in hand, of the serving role. */
extern struct call call;

/* A call of another session; end it with notes_leave(). */
void notes_use(struct call *it, const char *name);
void notes_leave(struct call *it);

/* Setup and teardown of each test. */
int notes_begin(void **state);
int notes_end(void **state);

/* SQL as the owner of the database. */
void as_owner(const char *sql);

/* The connection string of the owner. */
const char *notes_owner(void);

/* The one column "n" of the one row. */
int64_t number_of(struct call *it, const struct db_query *query);

bool note_write(struct call *it, int64_t entity_id);
void notes_write(int64_t count);
void notes_seal(void);
struct audit_check notes_verify(void);
void assert_sound(int64_t sealed, int64_t waiting);

#endif
