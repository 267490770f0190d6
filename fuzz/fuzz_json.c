/* A JSON body, read against a shape that has every kind of field, lists of lists among them. */
#include <assert.h>
#include <string.h>

#include "base/json.h"
#include "fuzz.h"
#include "http/request_parts.h"

#define NOTE_MAX 5
#define ITEMS_MAX 3

struct plain {
    const char *name, *note;
    int64_t count, weight_kg;
    bool create;
};

static const struct field plain_fields[] = {
    FIELD(struct plain, name),
    FIELD_OPTIONAL(struct plain, note, NOTE_MAX),
    FIELD_OPTIONAL(struct plain, count, 0),
    { .name = "weight_kg",
        .type = FIELD_KG,
        .offset = offsetof(struct plain, weight_kg),
        .optional = true },
    FIELD_OPTIONAL(struct plain, create, 0),
};

static const struct shape plain_shape = SHAPE(struct plain, plain_fields);

struct code {
    const char *qr;
};

static const struct field code_fields[] = {
    FIELD_BARE(struct code, qr, NOTE_MAX),
};

static const struct shape code_shape = SHAPE(struct code, code_fields);

struct number {
    int64_t number;
};

static const struct field number_fields[] = {
    FIELD_BARE(struct number, number, 0),
};

static const struct shape number_shape = SHAPE(struct number, number_fields);

struct group {
    int64_t id;
    struct list codes;
};

static const struct field group_fields[] = {
    FIELD(struct group, id),
    FIELD_ITEMS(struct group, codes, ITEMS_MAX, &code_shape),
};

static const struct shape group_shape = SHAPE(struct group, group_fields);

struct order {
    const char *at;
    struct list groups, numbers, rows;
};

static const struct field order_fields[] = {
    FIELD_AS(struct order, at, FIELD_TIME),
    FIELD_ITEMS(struct order, groups, ITEMS_MAX, &group_shape),
    FIELD_ITEMS(struct order, numbers, ITEMS_MAX, &number_shape),
    FIELD_ITEMS(struct order, rows, ITEMS_MAX, &plain_shape),
};

static const struct shape order_shape = SHAPE(struct order, order_fields);

static bool is_text(const char *text, size_t most)
{
    return strlen(text) <= most && fuzz_is_utf8(text);
}

static void check_refusal(const struct call *call)
{
    int errors = 0;

    fuzz_check_fault(call);
    for (const struct field_error *error = call->fault.fields; error; error = error->next)
        errors++;
    assert(errors <= 20);
}

static bool reads(
    struct call *call, const char *body, size_t length, const struct shape *shape, void *record)
{
    static const struct route route = { .path = "/", .body_max = 1 * MIB };
    struct request request = { .route = &route };

    fail_clear(call);
    request.headers[HEADER_CONTENT_TYPE] = "application/json";
    assert(request_take_body(call, &request, body, length));
    if (request_json(call, &request, shape, record)) {
        assert(call->fault.code == FAULT_NONE);
        return true;
    }
    check_refusal(call);
    return false;
}

/* What was read, written and read again, is written as before. */
static void check_plain(struct call *call, const struct plain *plain)
{
    struct json first = json_new(&call->arena), second = json_new(&call->arena);
    struct plain again;

    assert(is_text(plain->name, 200));
    assert(!plain->note || is_text(plain->note, NOTE_MAX));

    json_record(&first, &plain_shape, plain);
    assert(reads(call, first.text, first.length, &plain_shape, &again));
    json_record(&second, &plain_shape, &again);
    assert(strcmp(first.text, second.text) == 0);
}

static void check_order(struct call *call, const struct order *order)
{
    const struct group *groups = order->groups.items;
    const struct plain *rows = order->rows.items;

    assert(is_text(order->at, 200));
    assert(order->groups.count <= ITEMS_MAX && order->numbers.count <= ITEMS_MAX);
    assert(order->rows.count <= ITEMS_MAX);

    for (size_t i = 0; i < order->groups.count; i++) {
        const struct code *codes = groups[i].codes.items;

        assert(groups[i].id != NO_I64 && groups[i].codes.count <= ITEMS_MAX);
        for (size_t j = 0; j < groups[i].codes.count; j++)
            assert(is_text(codes[j].qr, NOTE_MAX));
    }
    for (size_t i = 0; i < order->rows.count; i++)
        check_plain(call, &rows[i]);
}

void fuzz(struct call *call, const char *bytes, size_t length)
{
    struct order order;
    struct plain plain;

    if (reads(call, bytes, length, &order_shape, &order))
        check_order(call, &order);
    if (reads(call, bytes, length, &plain_shape, &plain))
        check_plain(call, &plain);
}
