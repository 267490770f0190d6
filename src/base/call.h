/*
 * Call: one unit of work, such as an HTTP request, a batch of requests or a command-line run.
 *
 * It is the first argument of most functions and carries the memory (call->arena), the database
 * session, the organisation (the tenant whose data it works on), the signed-in person and, after a
 * failure, the fault. A call is normally one database transaction: whoever runs it commits if its
 * function returns true, or false after fail_keeping(), and rolls back otherwise.
 *
 * The error rule everywhere: a function that can fail returns bool and is MUST_USE. Before it
 * returns false it records a fault, the reason, in the call; its caller returns false in turn.
 */
#ifndef BASE_CALL_H
#define BASE_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/word_set.h"
#include "base/words.h"

/* Every kind of failure, such as FAULT_NOT_FOUND; base/fault.def lists them, each with its HTTP
 * status, exit status and title. */
enum fault_code {
    FAULT_NONE, /* no failure */
#define FAULT(code, slug, http, exit, title) code,
#include "base/fault.def"
#undef FAULT
    FAULT_COUNT /* how many values there are, with FAULT_NONE */
};

/* The slugs (short API names, such as "not_found") of enum fault_code, by its values. */
extern const struct word_set fault_set;

/* One invalid field of a request, as an entry of a linked list. */
struct field_error {
    struct field_error *next; /* NULL at the end */
    const char *field; /* its name */
    struct words words; /* the message: what is wrong with it */
};

/* Why a call failed. */
struct fault {
    enum fault_code code; /* FAULT_NONE if it has not failed */
    char detail[240]; /* technical text for the log; the user never sees it */
    struct words words; /* message for the user; with REASON_NONE, fault_title() is shown instead */
    int retry_seconds; /* for the header Retry-After; 0: no such header */
    bool keep; /* commit the call's transaction although it failed: see fail_keeping() */
    struct field_error *fields; /* FAULT_BAD_FIELDS: the invalid fields, oldest first, or NULL */
};

/* The signed-in user of a call, with the account's present data; all zeros if nobody is. */
struct person {
    int64_t id; /* user id; 0: nobody is signed in */
    int64_t area_id; /* the area that the user is limited to; 0: no limit */
    int64_t session_id; /* login session */
    int role; /* enum role of auth/permission.h; 0: nobody is signed in */
    bool must_change_password; /* somebody else chose it; all else is forbidden until changed */
    bool lacks_two_factor; /* must set up a second factor; all else is forbidden until then */
    const char *name; /* user name */
};

struct db;

/* One unit of work: what all functions that it calls need. */
struct call {
    struct arena arena; /* its memory, freed when it ends */
    struct db *db; /* database session; NULL if it has none */
    struct fault fault; /* why it failed; code FAULT_NONE: it has not */
    int64_t org_id; /* the organisation whose data it works on; 0: none or not known */
    struct person person; /* who is signed in */
    const char *address; /* IP address of the client; "" if there is no client */
    char request_id[40]; /* for the log */
};

/* Record that the call failed, with a kind and a printf() format for the log (struct fault's
 * `detail`). Always returns false, so that one can write `return fail(...)`. */
bool fail(struct call *call, enum fault_code code, const char *format, ...) PRINTF(3, 4);

/* Record that the call failed, with a message of base/words.def for the user, which also determines
 * the fault: return fail_because(call, BILL_FULL, .bill = code). Always returns false. */
#define fail_because(call, ...) fail_with_words((call), WORDS(__VA_ARGS__))

/* Record that the call failed, with a message for the user; use fail_because(), which checks the
 * parameters. `params` is a struct words_<reason>, or NULL if it has none. Returns false. */
bool fail_with_words(struct call *call, enum reason reason, const void *params);

/* Record that a field is invalid, as FAULT_BAD_FIELDS, with a WRONG row of base/words.def as
 * message: fail_field(call, "name", TAKEN). Further calls add further fields. Returns false. */
#define fail_field(call, field, ...) fail_field_with_words((call), (field), WORDS(__VA_ARGS__))

/* Record that a field is invalid; use fail_field(), which checks the parameters. `params` is a
 * struct words_<reason>, or NULL if the message has none. Returns false. */
bool fail_field_with_words(
    struct call *call, const char *field, enum reason reason, const void *params);

/* After fail(): request that the transaction is committed although the call failed, because it
 * stored what must remain, such as the count of failed logins. Returns false. */
bool fail_keeping(struct call *call);

/* Remove the fault from the call and return its field errors, oldest first, in call->arena; NULL if
 * it had none. For lists whose items are refused one by one. */
struct field_error *fail_take_fields(struct call *call);

/* Remove the fault from the call, so that it can try something else. Not after a failed SQL
 * statement within a transaction: PostgreSQL runs nothing more in it but a rollback. */
void fail_clear(struct call *call);

/* The HTTP status of the response to a request that failed in this way, such as 404. */
int fault_http_status(enum fault_code code);

/* The exit status of a command that failed in this way (sysexits.h). */
int fault_exit_status(enum fault_code code);

/* The slug, the short API name of this kind of failure, such as "not_found". A static text. */
const char *fault_slug(enum fault_code code);

/* A general English message for the user about this kind of failure, for when there is no more
 * exact one. A static text. */
const char *fault_title(enum fault_code code);

#endif
