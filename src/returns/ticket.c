#include "returns/ticket.h"

#include <string.h>

#include "audit/audit.h"
#include "base/json.h"
#include "base/text.h"
#include "base/uuid.h"
#include "db/db.h"
#include "list/listing_page.h"
#include "returns/ticket.sql.h"

#define TICKET_LOCATION_MAX 200 /* characters */
#define TICKET_NOTES_MAX 2000

/* Of a million codes a day; a second ticket with one is seldom, a twentieth in a row never. */
#define TICKET_TRIES 20

static const char *const ticket_status_words[] = {
    NULL,
#define WORD(name, word) word,
#include "returns/ticket_status.def"
#undef WORD
};

static const char *const ticket_stay_words[] = {
    NULL,
#define WORD(name, word) word,
#include "returns/ticket_stay.def"
#undef WORD
};

const struct word_set ticket_status_set = WORD_SET(ticket_status, ticket_status_words);
const struct word_set ticket_stay_set = WORD_SET(ticket_stay, ticket_stay_words);

static const struct field ticket_fields[] = {
    FIELD_HIDDEN(struct ticket, us),
    FIELD_HIDDEN(struct ticket, id),
    FIELD(struct ticket, code),
    FIELD(struct ticket, location),
    FIELD(struct ticket, notes),
    FIELD_OF(struct ticket, status, ticket_status_set),
    FIELD(struct ticket, bags),
    FIELD(struct ticket, children),
    FIELD_AS(struct ticket, weight_kg, FIELD_KG),
    FIELD(struct ticket, created_by),
    FIELD_AS(struct ticket, created_at, FIELD_TIME),
    FIELD(struct ticket, closed_by),
    FIELD_AS(struct ticket, closed_at, FIELD_TIME),
    FIELD_AS(struct ticket, updated_at, FIELD_TIME),
};

const struct shape ticket_shape = SHAPE(struct ticket, ticket_fields);

static const struct field ticket_note_fields[] = {
    FIELD(struct ticket, code),
    FIELD(struct ticket, location),
    FIELD(struct ticket, notes),
    FIELD_OF(struct ticket, status, ticket_status_set),
    FIELD(struct ticket, bags),
    FIELD(struct ticket, children),
};

static const struct shape ticket_note_shape = SHAPE(struct ticket, ticket_note_fields);

static const struct field ticket_bag_fields[] = {
    FIELD_HIDDEN(struct ticket_bag, us),
    FIELD_HIDDEN(struct ticket_bag, id),
    FIELD(struct ticket_bag, qr),
    FIELD(struct ticket_bag, family),
    FIELD(struct ticket_bag, bill),
    FIELD(struct ticket_bag, child_count),
    FIELD_AS(struct ticket_bag, weight_kg, FIELD_KG),
    FIELD_AS(struct ticket_bag, returned_at, FIELD_TIME),
    FIELD(struct ticket_bag, returned_by),
    FIELD_OF(struct ticket_bag, not_restored, ticket_stay_set),
};

static const struct shape ticket_bag_shape = SHAPE(struct ticket_bag, ticket_bag_fields);

const char *ticket_note(struct call *call, const struct ticket *ticket)
{
    struct json json = json_new(&call->arena);

    json_record(&json, &ticket_note_shape, ticket);
    return json.text;
}

const char *ticket_code_clean(struct call *call, const char *text)
{
    return text_clean(&call->arena, text);
}

bool ticket_find(struct call *call, const char *code, struct ticket *ticket)
{
    bool found;

    return db_one_or_none(call, TICKET_BY_CODE(.code = code), &ticket_shape, ticket, &found)
        && (found || fail_because(call, TICKET_UNKNOWN, .ticket = code));
}

bool ticket_lock_open(struct call *call, const char *code, struct ticket *ticket)
{
    int64_t changed;

    if (!db_run(call, TICKET_LOCK(.code = code), &changed) || !ticket_find(call, code, ticket))
        return false;
    return ticket->status == TICKET_OPEN || fail_because(call, TICKET_CLOSED, .ticket = code);
}

static bool ticket_check(struct call *call, const struct ticket_draft *draft)
{
    /* Characters that nobody sees are no part of a place's name either. */
    const bool named = text_is_name(draft->location, TICKET_LOCATION_MAX)
        && strcmp(text_trim(&call->arena, draft->location), draft->location) == 0;

    if (!named)
        (void)fail_field(call, "location", BAD_NAME, .most = TICKET_LOCATION_MAX);
    return (text_length(draft->notes) <= TICKET_NOTES_MAX
               || fail_field(call, "notes", TOO_LONG, .most = TICKET_NOTES_MAX))
        && named;
}

/* Four of the digits and letters that nobody takes for one another. */
static const char *ticket_suffix(struct call *call)
{
    static const char signs[32] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    unsigned char random[16];
    char *suffix = arena_alloc(&call->arena, 5, 1);

    uuid7_create(random);
    for (int i = 0; i < 4; i++)
        suffix[i] = signs[random[12 + i] % 32];
    suffix[4] = '\0';
    return suffix;
}

struct ticket_code_row {
    const char *code;
};

static const struct field ticket_code_fields[] = { FIELD(struct ticket_code_row, code) };
static const struct shape ticket_code_shape = SHAPE(struct ticket_code_row, ticket_code_fields);

static bool ticket_insert(struct call *call, const struct ticket_draft *draft, const char **code)
{
    struct ticket_code_row row = { NULL };
    bool made = false;

    for (int i = 0; !made && i < TICKET_TRIES; i++)
        if (!db_one_or_none(call,
                TICKET_CREATE(.suffix = ticket_suffix(call), .location = draft->location,
                    .location_key = text_key(&call->arena, draft->location), .notes = draft->notes,
                    .user_id = call->person.id),
                &ticket_code_shape, &row, &made))
            return false;
    if (!made)
        return fail(call, FAULT_AGAIN, "no free code for a ticket");
    *code = row.code;
    return true;
}

bool ticket_create(struct call *call, const struct ticket_draft *draft, struct ticket *ticket)
{
    const struct ticket_draft whole = { draft->location, draft->notes ? draft->notes : "" };
    const char *code = NULL;

    return ticket_check(call, &whole) && ticket_insert(call, &whole, &code)
        && ticket_find(call, code, ticket)
        && audit_note(call, AUDIT_RETURN_CREATE, ticket->id, NULL, ticket_note(call, ticket), NULL);
}

bool ticket_update(
    struct call *call, const char *code, const struct ticket_draft *edit, struct ticket *ticket)
{
    struct ticket old;

    if (!ticket_lock_open(call, code, &old))
        return false;

    const struct ticket_draft wanted = { edit->location ? edit->location : old.location,
        edit->notes ? edit->notes : old.notes };

    return ticket_check(call, &wanted)
        && db_run(call,
            TICKET_PUT(.id = old.id, .location = wanted.location,
                .location_key = text_key(&call->arena, wanted.location), .notes = wanted.notes),
            NULL)
        && ticket_find(call, code, ticket)
        && audit_note(call, AUDIT_RETURN_EDIT, old.id, ticket_note(call, &old),
            ticket_note(call, ticket), NULL);
}

bool ticket_commit(struct call *call, const char *code, struct ticket *ticket)
{
    struct ticket old;

    if (!ticket_lock_open(call, code, &old))
        return false;
    if (!old.bags)
        return fail_because(call, TICKET_EMPTY, .ticket = code);

    return db_run(call,
               TICKET_CLOSE(.id = old.id,
                   .status = word_set_word(&ticket_status_set, TICKET_COMMITTED),
                   .user_id = call->person.id),
               NULL)
        && ticket_find(call, code, ticket)
        && audit_note(call, AUDIT_RETURN_COMMIT, old.id, ticket_note(call, &old),
            ticket_note(call, ticket), NULL);
}

static bool ticket_listing_find(struct call *call, const void *asked, struct list *tickets)
{
    const struct ticket_filter *filter = asked;

    return db_rows(call,
        TICKET_LIST(.status = filter->status, .user = filter->user, .since_us = filter->since_us,
            .until_us = filter->until_us, .q = filter->q, .before_us = filter->before_us,
            .before_id = filter->before_id, .count = filter->span.count),
        &ticket_shape, tickets);
}

static bool ticket_listing_count(struct call *call, const void *asked, struct listing_count *count)
{
    const struct ticket_filter *filter = asked;

    return db_one(call,
        TICKET_COUNT(.status = filter->status, .user = filter->user, .since_us = filter->since_us,
            .until_us = filter->until_us, .q = filter->q, .most = filter->span.count),
        &listing_count_shape, count);
}

static const struct listing_filter ticket_filters[] = {
    LISTING_WORDS(struct ticket_filter, status, "status", ticket_status_set),
    LISTING_FILTER(struct ticket_filter, user, "user", LISTING_NAME),
    LISTING_FILTER(struct ticket_filter, since_us, "from", LISTING_FROM),
    LISTING_FILTER(struct ticket_filter, until_us, "to", LISTING_TO),
    LISTING_CLEANED(struct ticket_filter, q, "q", ticket_code_clean),
};

static const struct listing_key ticket_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct ticket, us, struct ticket_filter, before_us),
    LISTING_KEY(LISTING_KEY_I64, struct ticket, id, struct ticket_filter, before_id),
};

static const struct listing_column ticket_columns[] = {
    { "code", "Ticket", 20 },
    { "status", "State", 12 },
    { "location", "C&F location", 30 },
    { "notes", "Notes", 40 },
    { "bags", "Parents", 10 },
    { "children", "Children", 10 },
    { "weight_kg", "Weight (kg)", 12 },
    { "created_by", "Opened by", 20 },
    { "created_at", "Opened", 24 },
    { "closed_by", "Closed by", 20 },
    { "closed_at", "Closed", 24 },
};

const struct listing ticket_listing = {
    .name = "returns",
    .title = "Return tickets",
    .row = &ticket_shape,
    .filters = ticket_filters,
    .filters_count = COUNT_OF(ticket_filters),
    .keys = ticket_keys,
    .keys_count = COUNT_OF(ticket_keys),
    .columns = ticket_columns,
    .columns_count = COUNT_OF(ticket_columns),
    .filter_size = sizeof(struct ticket_filter),
    .find = ticket_listing_find,
    .count = ticket_listing_count,
};

static bool ticket_bags_listing_find(struct call *call, const void *asked, struct list *bags)
{
    const struct ticket_bags_filter *filter = asked;
    struct ticket ticket;

    return ticket_find(call, filter->code, &ticket)
        && db_rows(call,
            TICKET_BAGS(.ticket_id = ticket.id, .before_us = filter->before_us,
                .before_id = filter->before_id, .count = filter->span.count),
            &ticket_bag_shape, bags);
}

static const struct listing_filter ticket_bags_filters[] = {
    LISTING_OF_PATH(struct ticket_bags_filter, code, "code", ticket_code_clean),
};

static const struct listing_key ticket_bags_keys[] = {
    LISTING_KEY(LISTING_KEY_I64, struct ticket_bag, us, struct ticket_bags_filter, before_us),
    LISTING_KEY(LISTING_KEY_I64, struct ticket_bag, id, struct ticket_bags_filter, before_id),
};

const struct listing ticket_bags_listing = {
    .name = "return-bags",
    .row = &ticket_bag_shape,
    .filters = ticket_bags_filters,
    .filters_count = COUNT_OF(ticket_bags_filters),
    .keys = ticket_bags_keys,
    .keys_count = COUNT_OF(ticket_bags_keys),
    .filter_size = sizeof(struct ticket_bags_filter),
    .find = ticket_bags_listing_find,
};
