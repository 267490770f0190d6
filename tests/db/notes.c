#include "db/notes.h"
#include "db/db_args.h"

#include <stdio.h>

#include "audit/audit.h"
#include "audit/seal.h"
#include "auth/org_settings.h"
#include "base/log.h"

#include "db/harness.h"
#include "test.h"

struct call call;

static int64_t org_id = 1;

struct number {
    int64_t n;
};

static const struct field number_fields[] = { FIELD(struct number, n) };
static const struct shape number_shape = SHAPE(struct number, number_fields);

const char *notes_owner(void)
{
    return harness_database();
}

void as_owner(const char *sql)
{
    harness_run(notes_owner(), sql);
}

void notes_use(struct call *it, const char *name)
{
    *it = (struct call){ .org_id = org_id, .address = "192.0.2.7" };
    it->db = db_open(
        arena_format(&it->arena, "%s options='-c role=tracetrack_serve'", notes_owner()), name);
    it->person = (struct person){ .id = 1, .name = "ada" };
    snprintf(it->request_id, sizeof it->request_id, "request-%s", name);
}

void notes_leave(struct call *it)
{
    db_close(it->db);
    arena_free(&it->arena);
}

int notes_begin(void **state)
{
    (void)state;
    as_owner("INSERT INTO org (name, host) VALUES ('Test', 'test' || clock_timestamp())");
    org_id++;
    log_level_set(LOG_WARNING);
    notes_use(&call, "test");
    return 0;
}

int notes_end(void **state)
{
    (void)state;
    notes_leave(&call);
    org_settings_defaults()->anonymise = true;
    return 0;
}

int64_t number_of(struct call *it, const struct db_query *query)
{
    struct number number;

    assert_true(db_one_args(it, query, DB_NO_ARGS, &number_shape, &number));
    return number.n;
}

bool note_write(struct call *it, int64_t entity_id)
{
    return audit_note(it, AUDIT_BILL_EDIT, entity_id, "{\"linked\":1}", "{\"linked\":2}", "a slip");
}

void notes_write(int64_t count)
{
    for (int64_t i = 1; i <= count; i++)
        assert_true(note_write(&call, i));
}

void notes_seal(void)
{
    assert_true(audit_seal(&call));
    call.org_id = org_id;
}

struct audit_check notes_verify(void)
{
    struct audit_check check;

    assert_true(db_begin(&call));
    assert_true(audit_verify(&call, NULL, 0, &check));
    db_rollback(&call);
    return check;
}

void assert_sound(int64_t sealed, int64_t waiting)
{
    const struct audit_check check = notes_verify();

    if (check.wrong)
        print_error("%s, seal %lld, note %lld\n", check.wrong, (long long)check.wrong_seq,
            (long long)check.wrong_id);
    assert_null(check.wrong);
    assert_int_equal(check.sealed, sealed);
    assert_int_equal(check.waiting, waiting);
}
