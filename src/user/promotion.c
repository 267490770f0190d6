#include "user/promotion.h"

#include <string.h>

#include "audit/audit.h"
#include "auth/permission.h"
#include "base/json.h"
#include "base/text.h"
#include "db/db.h"
#include "list/listing_page.h"
#include "notice/notice.h"
#include "user/promotion.sql.h"
#include "user/user_change.h"

#define REASON_SHORTEST 10
#define REASON_LONGEST 500
#define NOTES_LONGEST 500

static const char *const promotion_state_words[] = {
    NULL,
#define WORD(name, word) word,
#include "user/promotion_state.def"
#undef WORD
};

const struct word_set promotion_state_set = WORD_SET(promotion_state, promotion_state_words);

static const struct field promotion_fields[] = {
    FIELD(struct promotion, id),
    FIELD(struct promotion, user_id),
    FIELD(struct promotion, username),
    FIELD_OF(struct promotion, role, role_set),
    FIELD(struct promotion, reason),
    FIELD_OF(struct promotion, state, promotion_state_set),
    FIELD_AS(struct promotion, asked_at, FIELD_TIME),
    FIELD_AS(struct promotion, decided_at, FIELD_TIME),
    FIELD(struct promotion, decided_by),
    FIELD(struct promotion, notes),
};

const struct shape promotion_shape = SHAPE(struct promotion, promotion_fields);

struct promotion_id_row {
    int64_t id;
};

static const struct field promotion_id_fields[] = { FIELD(struct promotion_id_row, id) };
static const struct shape promotion_id_shape = SHAPE(struct promotion_id_row, promotion_id_fields);

static bool is_admin(const struct call *call)
{
    return call->person.role == (int)ROLE_ADMIN;
}

bool promotion_list(
    struct call *call, const struct promotion_filter *filter, struct list *promotions)
{
    return db_rows(call,
        PROMOTION_LIST(.user_id = is_admin(call) ? 0 : call->person.id, .state = filter->state,
            .username = filter->username, .before = filter->before, .limit = filter->span.count),
        &promotion_shape, promotions);
}

static bool promotion_listing_find(struct call *call, const void *filter, struct list *rows)
{
    return promotion_list(call, filter, rows);
}

static const struct listing_filter promotion_filters[] = {
    LISTING_WORDS(struct promotion_filter, state, "state", promotion_state_set),
    LISTING_FILTER(struct promotion_filter, username, "user", LISTING_NAME),
};

static const struct listing_key promotion_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct promotion, id, struct promotion_filter, before),
};

const struct listing promotion_listing = {
    .name = "promotions",
    .row = &promotion_shape,
    .filters = promotion_filters,
    .filters_count = COUNT_OF(promotion_filters),
    .keys = promotion_keys,
    .keys_count = COUNT_OF(promotion_keys),
    .filter_size = sizeof(struct promotion_filter),
    .find = promotion_listing_find,
};

static bool promotion_find(struct call *call, int64_t id, struct promotion *promotion)
{
    return db_one(call, PROMOTION_SHOW(.id = id), &promotion_shape, promotion);
}

/* Blanks around it say nothing. */
static const char *promotion_trim(struct arena *arena, const char *text)
{
    static const char blanks[] = " \t\r\n";
    size_t length;

    text += strspn(text, blanks);
    length = strlen(text);
    while (length && strchr(blanks, text[length - 1]))
        length--;
    return arena_bytes(arena, text, length);
}

static bool check_reason(struct call *call, const char *reason)
{
    const size_t length = text_length(reason);

    return (length >= REASON_SHORTEST && length <= REASON_LONGEST)
        || fail_field(call, "reason", BAD_LENGTH, .least = REASON_SHORTEST, .most = REASON_LONGEST);
}

static bool promotion_note(
    struct call *call, enum audit_action action, int64_t id, const char *reason)
{
    return audit_note(call, action, id, NULL, NULL, reason);
}

static bool tell_admins(struct call *call)
{
    return notice_send_admins(call, PROMOTION_ASKED, .username = call->person.name);
}

bool promotion_create(struct call *call, const char *reason, struct promotion *promotion)
{
    struct promotion_id_row row;
    bool made;

    reason = promotion_trim(&call->arena, reason);
    if (is_admin(call))
        return fail_because(call, ADMIN_ALREADY);
    if (!check_reason(call, reason)
        || !db_one_or_none(call, PROMOTION_INSERT(.user_id = call->person.id, .reason = reason),
            &promotion_id_shape, &row, &made))
        return false;
    if (!made)
        return fail_because(call, PROMOTION_PENDING);

    return promotion_note(call, AUDIT_PROMOTION_ASK, row.id, reason) && tell_admins(call)
        && promotion_find(call, row.id, promotion);
}

static bool decided_already(struct call *call)
{
    return fail_because(call, PROMOTION_DECIDED);
}

/* The first to decide locks the row; for the second it is not pending any more. */
static bool promotion_settle(struct call *call, int64_t id, bool approve, const char *notes)
{
    int64_t decided;

    return db_run(call,
               PROMOTION_DECISION(.id = id, .approved = approve, .decided_by = call->person.id,
                   .notes = notes),
               &decided)
        && (decided || decided_already(call));
}

static bool tell_asker(
    struct call *call, const struct promotion *promotion, bool approve, const char *notes)
{
    return approve ? notice_send(call, promotion->user_id, PROMOTION_APPROVED, .notes = notes)
                   : notice_send(call, promotion->user_id, PROMOTION_REFUSED, .notes = notes);
}

static bool find_pending(struct call *call, int64_t id, struct promotion *promotion)
{
    return promotion_find(call, id, promotion)
        && (promotion->state == PROMOTION_STATE_PENDING || decided_already(call));
}

static bool promotion_make_admin(struct call *call, int64_t user_id)
{
    const struct user_edit edit = { .role = ROLE_ADMIN };
    struct user user;

    return user_update(call, user_id, &edit, &user);
}

bool promotion_decide(
    struct call *call, int64_t id, bool approve, const char *notes, struct promotion *promotion)
{
    notes = notes ? promotion_trim(&call->arena, notes) : NULL;
    if (notes && !*notes)
        notes = NULL;
    if (notes && text_length(notes) > NOTES_LONGEST)
        return fail_field(call, "notes", TOO_LONG, .most = NOTES_LONGEST);

    /* The account first: deleting one locks it before its requests. */
    return find_pending(call, id, promotion)
        && (!approve || promotion_make_admin(call, promotion->user_id))
        && promotion_settle(call, id, approve, notes)
        && promotion_note(
            call, approve ? AUDIT_PROMOTION_APPROVE : AUDIT_PROMOTION_REFUSE, id, notes)
        && tell_asker(call, promotion, approve, notes) && promotion_find(call, id, promotion);
}
