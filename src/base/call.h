/*
 * Call: one unit of work -- an HTTP request, a batch of a lane, or a command-line run.
 *
 * A call carries what every layer needs and nothing else: its memory, its database session, whose
 * data it works on, who is asking, and why it failed. It is always the first argument. Each call
 * is one database transaction: the dispatcher commits when the handler returns true, or has failed
 * keeping what it did, and rolls back otherwise.
 *
 * The error rule, everywhere: a function that can fail returns bool, is MUST_USE, and on false has
 * recorded the reason with fail(). Callers pass false up untouched.
 */
#ifndef BASE_CALL_H
#define BASE_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/word_set.h"
#include "base/words.h"

/* Every way to fail; FAULT_NONE is none. base/fault.def has the HTTP and exit status of each. */
enum fault_code {
    FAULT_NONE,
#define FAULT(code, slug, http, exit, title) code,
#include "base/fault.def"
#undef FAULT
    FAULT_COUNT
};

extern const struct word_set fault_set; /* the slugs of their problem types */

/* What is wrong with one field of a request. */
struct field_error {
    struct field_error *next;
    const char *field;
    struct words words; /* what is wrong with it */
};

/* Why a call failed. */
struct fault {
    enum fault_code code;
    char detail[240]; /* for the log, never for the person */
    struct words words; /* for the person; REASON_NONE: the fault's own */
    int retry_seconds; /* for Retry-After; 0 if there is none */
    bool keep; /* the call's transaction is committed all the same: see fail_keeping() */
    struct field_error *fields; /* oldest first */
};

/* The person who asks, with the account's present data. */
struct person {
    int64_t id; /* 0 if nobody is signed in */
    int64_t area_id; /* 0 if not limited to an area */
    int64_t session_id;
    int role; /* enum role of auth/permission.h; 0 if nobody is signed in */
    bool must_change_password; /* somebody else chose it; nothing else is allowed before */
    bool lacks_two_factor; /* must set up a second factor; nothing else is allowed before */
    const char *name;
};

struct db;

/* The unit of work in hand. `org_id` is the organisation whose data it works on; 0: not known. */
struct call {
    struct arena arena;
    struct db *db;
    struct fault fault;
    int64_t org_id;
    struct person person;
    const char *address; /* of the client; "" if there is none */
    char request_id[40];
};

/* Record why the call failed. Always returns false, so `return fail(...)` reads as one thought. */
bool fail(struct call *call, enum fault_code code, const char *format, ...) PRINTF(3, 4);

/*
 * Record why the call failed, by a reason of base/words.def: it has its fault, and its sentence is
 * what the person is told. Returns false: fail_because(call, BILL_FULL, .bill = code).
 */
#define fail_because(call, ...) fail_with_words((call), WORDS(__VA_ARGS__))
/* What fail_because() calls; `params` is a struct words_<reason>, or NULL. Returns false. */
bool fail_with_words(struct call *call, enum reason reason, const void *params);

/*
 * FAULT_BAD_FIELDS about one field, for a WRONG of the table: fail_field(call, "name", TAKEN). May
 * be called for several fields before the call gives up.
 */
#define fail_field(call, field, ...) fail_field_with_words((call), (field), WORDS(__VA_ARGS__))
/* What fail_field() calls; `params` is a struct words_<reason>, or NULL. Returns false. */
bool fail_field_with_words(
    struct call *call, const char *field, enum reason reason, const void *params);

/*
 * Commit what the call has written although it fails, because it counted or noted the very thing
 * that is refused. Called right after fail(). Returns false too.
 */
bool fail_keeping(struct call *call);

/* Take the field errors out of the call's fault, oldest first, and forget the fault: for a list
 * whose items are refused one by one. */
struct field_error *fail_take_fields(struct call *call);

/* Forget the fault, so that the call can try something else. */
void fail_clear(struct call *call);

/* The HTTP status that answers a request which failed in this way. */
int fault_http_status(enum fault_code code);

/* The exit status of a command that failed in this way (sysexits.h). */
int fault_exit_status(enum fault_code code);

/* The last part of the problem's `type`: "not_found". A constant. */
const char *fault_slug(enum fault_code code);

/* What the person is told if there is nothing more to say: the problem's `title`. A constant. */
const char *fault_title(enum fault_code code);

#endif
