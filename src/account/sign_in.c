#include "account/sign_in.h"

#include <ctype.h>
#include <string.h>

#include "account/sign_in.sql.h"
#include "audit/audit.h"
#include "auth/limit.h"
#include "auth/org.h"
#include "auth/password.h"
#include "base/clock.h"
#include "base/text.h"
#include "db/db.h"
#include "http/rate.h"
#include "user/failed_logins.h"
#include "user/two_factor.h"
#include "user/user_state.h"

struct candidate {
    int64_t id, area_id, locked_seconds;
    const char *username, *password_hash;
    enum role role;
    enum user_state state;
    bool two_factor;
    const char *name_hash; /* of the user name, or of what was typed when it is nobody's; in hex */
    const char *here; /* the name and the address together */
};

static const struct field candidate_fields[] = {
    FIELD(struct candidate, id),
    FIELD(struct candidate, username),
    FIELD(struct candidate, password_hash),
    FIELD_OF(struct candidate, role, role_set),
    FIELD(struct candidate, area_id),
    FIELD_OF(struct candidate, state, user_state_set),
    FIELD(struct candidate, locked_seconds),
    FIELD(struct candidate, two_factor),
    FIELD(struct candidate, name_hash),
};

static const struct shape candidate_shape = SHAPE(struct candidate, candidate_fields);

/* ASCII only: PostgreSQL's lower() would make "k" of a Kelvin sign, which a mail server doesn't. */
static const char *lower_case(char *text)
{
    for (char *at = text; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return text;
}

static bool sign_in_find_candidate(
    struct call *call, const struct sign_in *attempt, struct candidate *candidate)
{
    const char *name = lower_case(text_key(&call->arena, attempt->username));
    const char *email = lower_case(text_trim(&call->arena, attempt->username));

    if (!db_one(call, SIGN_IN_LOOK(.name = name, .email = email), &candidate_shape, candidate))
        return false;

    candidate->here =
        arena_format(&call->arena, "%s %s", limit_key_address(call), candidate->name_hash);
    if (candidate->id == NO_I64)
        candidate->id = 0;
    if (candidate->area_id == NO_I64)
        candidate->area_id = 0;
    return true;
}

static bool sign_in_refuse_wrong(struct call *call, const struct failed_logins *failed)
{
    if (failed->locked_seconds > 0 && !failed->locked_now)
        failed_logins_refuse(call, failed->locked_seconds);
    else if (failed->locked_now)
        fail_because(call, LAST_TRY, .minutes = failed->locked_seconds / 60);
    else
        fail(call, FAULT_BAD_CREDENTIALS, "wrong try %lld", (long long)failed->count);
    call->fault.retry_seconds = (int)failed->locked_seconds;
    return fail_keeping(call);
}

static bool refuse_locked(struct call *call, int64_t seconds)
{
    failed_logins_refuse(call, seconds);
    return fail_keeping(call);
}

static bool note_failure(struct call *call, const struct candidate *candidate, const char *reason)
{
    return audit_note(call, AUDIT_SIGN_IN_FAILED, candidate->id, NULL, NULL, reason);
}

static bool count_for_address(
    struct call *call, enum limit limit, const struct candidate *candidate)
{
    return limit_record(call, limit, candidate->here)
        && limit_record(call, limit, limit_key_address(call));
}

/*
 * After signing in successfully, people take back their own failures, which had counted for their
 * neighbours too.
 */
static bool uncount_for_address(
    struct call *call, enum limit limit, const struct candidate *candidate)
{
    int64_t count;

    return limit_reset(call, limit, candidate->here, &count)
        && limit_give_back(call, limit, limit_key_address(call), count);
}

static bool count_wrong(struct call *call, const struct candidate *candidate)
{
    struct failed_logins failed;

    return failed_logins_add(call, candidate->name_hash, &failed)
        && note_failure(call, candidate, candidate->id ? "wrong password" : "unknown name")
        && (!failed.locked_now || audit_note(call, AUDIT_LOCKED, candidate->id, NULL, NULL, NULL))
        && count_for_address(call, LIMIT_SIGN_IN, candidate) && sign_in_refuse_wrong(call, &failed);
}

/* Only after the right password, so it may be said why. */
static bool refuse_state(struct call *call, const struct candidate *candidate)
{
    if (!note_failure(call, candidate, user_state_name(candidate->state)))
        return false;

    if (candidate->state == USER_STATE_WAITING)
        fail_because(call, NOT_APPROVED);
    else
        fail_because(call, ACCOUNT_LOCKED);
    return fail_keeping(call);
}

static bool sign_in_set_person(struct call *call, const struct candidate *candidate)
{
    call->person = (struct person){ .id = candidate->id,
        .area_id = candidate->area_id,
        .role = (int)candidate->role,
        .name = candidate->username };
    return true;
}

static bool note_success(struct call *call, struct sign_in *attempt)
{
    call->person.session_id = attempt->session.person.session_id;
    return audit_note(call, AUDIT_SIGN_IN, call->person.id, NULL, NULL, NULL);
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

static bool refuse_wrong_code(struct call *call, const struct candidate *candidate)
{
    if (!note_failure(call, candidate, "wrong code")
        || !count_for_address(call, LIMIT_CODE, candidate))
        return false;

    fail_because(call, CODE_WRONG);
    return fail_keeping(call);
}

static bool open_session(struct call *call, struct sign_in *attempt,
    const struct candidate *candidate, const char *better_hash)
{
    return note_in_account(call, candidate, better_hash)
        && failed_logins_clear(call, candidate->name_hash)
        && uncount_for_address(call, LIMIT_SIGN_IN, candidate)
        && uncount_for_address(call, LIMIT_CODE, candidate) && sign_in_set_person(call, candidate)
        && session_create(call, attempt->device, &attempt->cookie, &attempt->session)
        && user_find_account(call, candidate->id, &attempt->account) && note_success(call, attempt);
}

static bool sign_in_admit(struct call *call, struct sign_in *attempt,
    const struct candidate *candidate, const char *better_hash)
{
    int64_t locked_seconds;
    bool good = true;

    if (!failed_logins_read_lockout(call, candidate->name_hash, &locked_seconds))
        return false;
    if (locked_seconds)
        return refuse_locked(call, locked_seconds);
    if (candidate->two_factor && !two_factor_use_code(call, candidate->id, attempt->code, &good))
        return false;

    return good ? open_session(call, attempt, candidate, better_hash)
                : refuse_wrong_code(call, candidate);
}

/*
 * One name of the organisation, from wherever: the address has been counted at the door. A brake
 * for this server alone, since each try is told in the audit log, whatever its answer.
 */
static bool may_try(struct call *call, const struct candidate *candidate)
{
    const uint64_t who = rate_key_name(call->org_id, candidate->name_hash);
    int retry_seconds;

    if (rate_take(RATE_SIGN_IN, who, clock_us(), &retry_seconds))
        return true;

    fail(call, FAULT_TOO_OFTEN, "too many tries for one name");
    call->fault.retry_seconds = retry_seconds;
    return false;
}

/* Only people who know the password get this far. */
static bool may_show_code(
    struct call *call, const struct sign_in *attempt, const struct candidate *candidate)
{
    if (!candidate->two_factor)
        return true;
    if (!attempt->code || !*attempt->code)
        return fail_because(call, CODE_NEEDED);
    return limit_check(call, LIMIT_CODE, limit_key_address(call))
        && two_factor_take_try(call, candidate->id);
}

/* What was found out about the attempt before its transaction. */
enum finding { FOUND_LOCKED, FOUND_WRONG, FOUND_INACTIVE, FOUND_RIGHT };

static bool find_out(struct call *call, const struct sign_in *attempt,
    const struct candidate *candidate, enum finding *finding, const char **better_hash)
{
    const char *hash = candidate->id ? candidate->password_hash : password_hash_of_nobody;
    bool matches;

    *finding = FOUND_LOCKED;
    if (candidate->locked_seconds > 0)
        return true;
    if (!limit_check(call, LIMIT_SIGN_IN, limit_key_address(call))
        || !password_matches(call, HASH_SLOT_WAIT, attempt->password, hash, &matches))
        return false;

    *finding = !matches || !candidate->id       ? FOUND_WRONG
        : candidate->state != USER_STATE_ACTIVE ? FOUND_INACTIVE
                                                : FOUND_RIGHT;
    if (*finding != FOUND_RIGHT)
        return true;
    return may_show_code(call, attempt, candidate)
        && (!password_needs_upgrade(hash)
            || password_hash(call, HASH_SLOT_WAIT, attempt->password, better_hash));
}

static bool sign_in_decide(struct call *call, struct sign_in *attempt,
    const struct candidate *candidate, enum finding finding, const char *better_hash)
{
    switch (finding) {
    case FOUND_LOCKED:
        return note_failure(call, candidate, "locked")
            && refuse_locked(call, candidate->locked_seconds);
    case FOUND_WRONG:
        return count_wrong(call, candidate);
    case FOUND_INACTIVE:
        return refuse_state(call, candidate);
    case FOUND_RIGHT:
        break;
    }
    return sign_in_admit(call, attempt, candidate, better_hash);
}

bool sign_in(struct call *call, struct sign_in *attempt)
{
    struct candidate candidate;
    enum finding finding;
    const char *better_hash = NULL;

    call->person = (struct person){ .id = 0 };
    return org_find_by_host(call, attempt->host)
        && sign_in_find_candidate(call, attempt, &candidate) && may_try(call, &candidate)
        && find_out(call, attempt, &candidate, &finding, &better_hash) && db_begin(call)
        && db_end(call, sign_in_decide(call, attempt, &candidate, finding, better_hash));
}
