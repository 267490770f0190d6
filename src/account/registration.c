#include "account/registration.h"

#include "account/registration.sql.h"
#include "audit/audit.h"
#include "auth/limit.h"
#include "auth/org_settings.h"
#include "auth/password_rule.h"
#include "db/db.h"
#include "notice/notice.h"
#include "user/user.h"

/* Nobody approves more than that; more registrations do not come from people. */
#define REGISTRATION_WAITING_MAX 500

struct queue {
    int64_t waiting;
};

static const struct field queue_fields[] = { FIELD(struct queue, waiting) };
static const struct shape queue_shape = SHAPE(struct queue, queue_fields);

static bool has_room(struct call *call)
{
    struct queue queue;

    return db_one(call, REGISTRATION_WAITING(), &queue_shape, &queue)
        && (queue.waiting < REGISTRATION_WAITING_MAX || fail_because(call, REGISTRATION_FULL));
}

static bool registration_tell(struct call *call, const struct user_draft *user)
{
    return notice_send_admins(call, ACCOUNT_ASKED, .username = user->username);
}

/* The name isn't kept: it is somebody else's. */
static bool note_duplicate(struct call *call)
{
    return audit_note(
        call, AUDIT_USER_REGISTER_FAILED, 0, NULL, NULL, "the name or the e-mail address is taken");
}

static bool registration_check(
    struct call *call, const char *username, const char *email, const char *password)
{
    const bool name = user_check_name(call, username);
    const bool address =
        *email ? user_check_email(call, email) : fail_field(call, "email", MISSING);

    return password_rule_check(call, "password", username, password) && name && address;
}

bool registration_create(
    struct call *call, const char *username, const char *email, const char *password)
{
    const struct user_draft user = {
        .username = username, .email = email, .password = password, .role = ROLE_DISPATCHER
    };
    bool created;
    int64_t id;

    if (!org_settings_of(call->org_id).registration)
        return fail_because(call, REGISTRATION_OFF);

    return registration_check(call, username, email, password)
        && limit_take(call, LIMIT_REGISTRATION, limit_key_address(call)) && has_room(call)
        && user_create_unless_taken(call, HASH_SLOT_OR_FAIL, &user, &created, &id)
        && (created ? registration_tell(call, &user) : note_duplicate(call));
}
