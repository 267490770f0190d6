#include "account/sign_in.h"

#include <ctype.h>
#include <string.h>

#include "account/sign_in.sql.h"
#include "audit/audit.h"
#include "auth/digest.h"
#include "auth/limit.h"
#include "auth/org.h"
#include "auth/password.h"
#include "base/clock.h"
#include "db/db.h"
#include "http/rate.h"
#include "user/two_factor.h"
#include "user/wrong.h"

struct candidate {
    int64_t id, area_id, locked_seconds;
    const char *username, *password_hash, *role, *state;
    bool two_factor;
    const char *name_hash; /* of the name that was typed, in hex */
    const char *here; /* the name and the address together */
};

static const struct field candidate_fields[] = {
    FIELD(struct candidate, id),
    FIELD(struct candidate, username),
    FIELD(struct candidate, password_hash),
    FIELD(struct candidate, role),
    FIELD(struct candidate, area_id),
    FIELD(struct candidate, state),
    FIELD(struct candidate, locked_seconds),
    FIELD(struct candidate, two_factor),
};

static const struct shape candidate_shape = SHAPE(struct candidate, candidate_fields);

/* ASCII only, as names are: PostgreSQL's lower() would make "k" of a Kelvin sign. */
static char *lower_case(struct arena *arena, const char *text)
{
    char *lower = arena_text(arena, text);

    for (char *at = lower; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return lower;
}

static bool look(struct call *call, const struct sign_in *attempt, struct candidate *candidate)
{
    const char *name = lower_case(&call->arena, attempt->username);
    const char *name_hash = digest_text(&call->arena, name);

    if (!db_one(
            call, SIGN_IN_LOOK(.name = name, .name_hash = name_hash), &candidate_shape, candidate))
        return false;

    candidate->name_hash = name_hash;
    candidate->here = arena_format(&call->arena, "%s %s", limit_address(call), name_hash);
    if (candidate->id == NO_I64)
        candidate->id = 0;
    if (candidate->area_id == NO_I64)
        candidate->area_id = 0;
    return true;
}

/* The call goes well: what it has found out is the answer. */
static bool refuse(struct call *call, struct sign_in *attempt, int64_t retry_seconds)
{
    attempt->refused = call->fault;
    attempt->refused.retry_seconds = (int)retry_seconds;
    fail_clear(call);
    return true;
}

static bool refuse_locked(struct call *call, struct sign_in *attempt, int64_t seconds)
{
    return wrong_refuse(call, seconds) || refuse(call, attempt, seconds);
}

static bool refuse_wrong(struct call *call, struct sign_in *attempt, const struct wrong *wrong)
{
    if (wrong->locked_now)
        fail_telling(call, FAULT_BAD_CREDENTIALS,
            "User name or password is wrong. That was the fifth try: wait %lld minutes.",
            (long long)wrong->locked_seconds / 60);
    else if (wrong->locked_seconds > 0)
        return refuse_locked(call, attempt, wrong->locked_seconds);
    else
        fail(call, FAULT_BAD_CREDENTIALS, "wrong try %lld", (long long)wrong->count);
    return refuse(call, attempt, wrong->locked_seconds);
}

/* What was said already is the answer, unless it is a failure of ours. */
static bool refuse_known(struct call *call, struct sign_in *attempt)
{
    const enum fault_code code = call->fault.code;

    return (code == FAULT_TOO_OFTEN || code == FAULT_CODE_REQUIRED)
        && refuse(call, attempt, call->fault.retry_seconds);
}

static bool note_failure(struct call *call, const struct candidate *candidate, const char *reason)
{
    return audit_note(call, "sign_in_failed", "user", candidate->id, NULL, NULL, reason);
}

static bool count_here(struct call *call, enum limit limit, const struct candidate *candidate)
{
    return limit_note(call, limit, candidate->here) && limit_note(call, limit, limit_address(call));
}

/* Whoever has mistyped and got in after all takes back what that cost his neighbours. */
static bool uncount_here(struct call *call, enum limit limit, const struct candidate *candidate)
{
    int64_t count;

    return limit_forget(call, limit, candidate->here, &count)
        && limit_give_back(call, limit, limit_address(call), count);
}

static bool count_wrong(struct call *call, const struct candidate *candidate, struct wrong *wrong)
{
    return db_begin(call) && wrong_add(call, candidate->name_hash, wrong)
        && note_failure(call, candidate, candidate->id ? "wrong password" : "unknown name")
        && (!wrong->locked_now
            || audit_note(call, "locked", "user", candidate->id, NULL, NULL, NULL))
        && count_here(call, LIMIT_SIGN_IN, candidate) && db_commit(call);
}

/* Known only to whoever has the right password, so it may be told. */
static bool refuse_state(
    struct call *call, struct sign_in *attempt, const struct candidate *candidate)
{
    const bool waits = strcmp(candidate->state, "waiting") == 0;

    if (!db_begin(call) || !note_failure(call, candidate, candidate->state) || !db_commit(call))
        return false;

    if (waits)
        fail_telling(call, FAULT_FORBIDDEN, "An administrator has to approve this account first.");
    else
        fail_telling(call, FAULT_LOCKED, "An administrator has locked this account.");
    return refuse(call, attempt, 0);
}

static bool become(struct call *call, const struct candidate *candidate)
{
    call->person = (struct person){ .id = candidate->id,
        .area_id = candidate->area_id,
        .role = (int)role_of(candidate->role),
        .name = candidate->username };
    return true;
}

static bool note_success(struct call *call, struct sign_in *attempt)
{
    call->person.session_id = attempt->session.person.session_id;
    return audit_note(call, "sign_in", "user", call->person.id, NULL, NULL, NULL);
}

/* FAULT_AGAIN: look at the account once more. */
static bool note_in_account(
    struct call *call, const struct candidate *candidate, const char *better_hash)
{
    int64_t changed;

    return db_run(call,
               SIGN_IN_NOTE(.user_id = candidate->id, .password_hash = candidate->password_hash,
                   .better_hash = better_hash),
               &changed)
        && (changed == 1 || fail(call, FAULT_AGAIN, "the account has changed"));
}

static bool refuse_wrong_code(
    struct call *call, struct sign_in *attempt, const struct candidate *candidate)
{
    if (!note_failure(call, candidate, "wrong code") || !count_here(call, LIMIT_CODE, candidate)
        || !db_commit(call))
        return false;

    fail_telling(call, FAULT_CODE_REQUIRED, "That code is wrong, or was used already.");
    return refuse(call, attempt, 0);
}

static bool open_session(struct call *call, struct sign_in *attempt,
    const struct candidate *candidate, const char *better_hash)
{
    return note_in_account(call, candidate, better_hash) && wrong_clear(call, candidate->name_hash)
        && uncount_here(call, LIMIT_SIGN_IN, candidate) && uncount_here(call, LIMIT_CODE, candidate)
        && become(call, candidate)
        && session_begin(call, attempt->device, &attempt->cookie, &attempt->session)
        && user_account(call, candidate->id, &attempt->account) && note_success(call, attempt)
        && db_commit(call);
}

static bool admit(struct call *call, struct sign_in *attempt, const struct candidate *candidate,
    const char *better_hash)
{
    int64_t locked_seconds;
    bool good = true;

    if (!db_begin(call) || !wrong_hold(call, candidate->name_hash, &locked_seconds))
        return false;
    if (locked_seconds)
        return db_commit(call) && refuse_locked(call, attempt, locked_seconds);
    if (candidate->two_factor && !two_factor_use(call, candidate->id, attempt->code, &good))
        return false;

    return good ? open_session(call, attempt, candidate, better_hash)
                : refuse_wrong_code(call, attempt, candidate);
}

/*
 * One name of the organisation, from wherever: the address has been counted at the door. A brake
 * for this server alone, since each try is told in the audit log, whatever its answer.
 */
static bool may_try(struct call *call, const struct candidate *candidate)
{
    const uint64_t who = rate_name(call->org_id, candidate->name_hash);
    int retry_seconds;

    if (rate_take(RATE_SIGN_IN, who, clock_us(), &retry_seconds))
        return true;

    fail(call, FAULT_TOO_OFTEN, "too many tries for one name");
    call->fault.retry_seconds = retry_seconds;
    return false;
}

/* Only whoever knows the password gets this far. */
static bool may_show_code(
    struct call *call, const struct sign_in *attempt, const struct candidate *candidate)
{
    if (!candidate->two_factor)
        return true;
    if (!attempt->code || !*attempt->code)
        return fail_telling(
            call, FAULT_CODE_REQUIRED, "Enter the code of your app, or a recovery code.");
    return limit_look(call, LIMIT_CODE, limit_address(call))
        && two_factor_may_try(call, candidate->id);
}

static bool judge(struct call *call, struct sign_in *attempt, const struct candidate *candidate)
{
    const char *hash = candidate->id ? candidate->password_hash : password_of_nobody;
    const char *better_hash = NULL;
    struct wrong wrong;
    bool matches;

    if (!limit_look(call, LIMIT_SIGN_IN, limit_address(call)))
        return refuse_known(call, attempt);
    if (!password_matches(call, TURN_WAIT, attempt->password, hash, &matches))
        return false;
    if (!matches || !candidate->id)
        return count_wrong(call, candidate, &wrong) && refuse_wrong(call, attempt, &wrong);
    if (strcmp(candidate->state, "active") != 0)
        return refuse_state(call, attempt, candidate);
    if (!may_show_code(call, attempt, candidate))
        return refuse_known(call, attempt);

    return (!password_needs_upgrade(hash)
               || password_hash(call, TURN_WAIT, attempt->password, &better_hash))
        && admit(call, attempt, candidate, better_hash);
}

bool sign_in(struct call *call, struct sign_in *attempt)
{
    struct candidate candidate;

    attempt->refused = (struct fault){ .code = FAULT_NONE };
    call->person = (struct person){ .id = 0 };
    if (!org_of_host(call, attempt->host) || !look(call, attempt, &candidate))
        return false;

    if (!may_try(call, &candidate))
        return refuse_known(call, attempt);
    if (candidate.locked_seconds > 0)
        return db_begin(call) && note_failure(call, &candidate, "locked") && db_commit(call)
            && refuse_locked(call, attempt, candidate.locked_seconds);
    return judge(call, attempt, &candidate);
}
