#include <assert.h>
#include <jansson.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "http/request_parts.h"

/* More wrong fields than this say nothing new. */
#define ERRORS_MAX 20

#define REQUEST_JSON_TEXT_MAX 200

struct request_json_reader {
    struct call *call;
    const char *where; /* "scans[3]" of a nested record; "" at the top */
    int errors;
};

static void read_field(
    struct request_json_reader *, const json_t *, const struct field *, void *record);
static void read_record(
    struct request_json_reader *, const json_t *, const struct shape *, void *record);

static const char *full_name(const struct request_json_reader *reader, const char *name)
{
    const char *dot = *reader->where && *name ? "." : "";

    char *full = arena_format(&reader->call->arena, "%s%s%.80s", reader->where, dot, name);

    text_drop_partial_character(full);
    return full;
}

static void add_field_error(
    struct request_json_reader *reader, const char *name, enum reason reason, const void *params)
{
    if (reader->errors++ < ERRORS_MAX)
        (void)fail_field_with_words(reader->call, full_name(reader, name), reason, params);
}

static void *member_of(void *record, const struct field *field)
{
    return (char *)record + field->offset;
}

static void read_text(struct request_json_reader *reader, const json_t *value,
    const struct field *field, void *record)
{
    struct arena *arena = &reader->call->arena;
    const size_t most = field->max ? field->max : REQUEST_JSON_TEXT_MAX;
    const char *text = json_string_value(value);

    if (!text) {
        add_field_error(reader, field->name, WORDS(NOT_TEXT));
        return;
    }
    if (strlen(text) != json_string_length(value)) {
        add_field_error(reader, field->name, WORDS(NUL_CHARACTER));
        return;
    }

    text = field->trimmed ? text_trim(arena, text) : arena_text(arena, text);
    if (strlen(text) > most)
        add_field_error(reader, field->name, WORDS(TOO_LONG, .most = (int64_t)most));
    else
        *(const char **)member_of(record, field) = text;
}

static void read_i64(struct request_json_reader *reader, const json_t *value,
    const struct field *field, void *record)
{
    if (!json_is_integer(value) || json_integer_value(value) == NO_I64)
        add_field_error(reader, field->name, WORDS(NOT_WHOLE_NUMBER));
    else
        *(int64_t *)member_of(record, field) = json_integer_value(value);
}

static void read_kg(struct request_json_reader *reader, const json_t *value,
    const struct field *field, void *record)
{
    const double kg = json_number_value(value);

    if (!json_is_number(value) || fabs(kg) > 1e12)
        add_field_error(reader, field->name, WORDS(NOT_NUMBER));
    else
        *(int64_t *)member_of(record, field) = llround(kg * 1000);
}

static void read_bool(struct request_json_reader *reader, const json_t *value,
    const struct field *field, void *record)
{
    if (!json_is_boolean(value))
        add_field_error(reader, field->name, WORDS(NOT_TRUTH));
    else
        *(bool *)member_of(record, field) = json_is_true(value);
}

static void read_word(struct request_json_reader *reader, const json_t *value,
    const struct field *field, void *record)
{
    const unsigned found = word_set_find(field->words, json_string_value(value));

    if (!found)
        add_field_error(reader, field->name,
            WORDS(NOT_CHOICE, .choices = word_set_choices(&reader->call->arena, field->words)));
    else
        *(unsigned *)member_of(record, field) = found;
}

static bool is_bare(const struct shape *shape)
{
    return shape->count == 1 && !*shape->fields[0].name;
}

static const struct field *errors_field(const struct shape *shape)
{
    for (size_t i = 0; i < shape->count; i++)
        if (shape->fields[i].type == FIELD_ERRORS)
            return &shape->fields[i];
    return NULL;
}

/* An item whose errors are its own: they stand in its record, and the request is none the worse for
 * it. */
static void read_lone_item(
    struct request_json_reader *reader, const json_t *value, const struct shape *shape, void *item)
{
    struct request_json_reader alone = { .call = reader->call, .where = "" };
    const struct fault before = reader->call->fault;

    fail_clear(reader->call);
    read_record(&alone, value, shape, item);
    *(struct field_error **)member_of(item, errors_field(shape)) = fail_take_fields(reader->call);
    reader->call->fault = before;
}

static void read_items(struct request_json_reader *reader, const json_t *value,
    const struct field *field, struct list *list)
{
    const struct shape *shape = field->items;
    const char *outside = reader->where;
    const char *name = full_name(reader, field->name);

    for (size_t i = 0; i < list->count && reader->errors < ERRORS_MAX; i++) {
        char *item = (char *)list->items + i * shape->size;

        reader->where = arena_format(&reader->call->arena, "%s[%zu]", name, i);
        if (errors_field(shape))
            read_lone_item(reader, json_array_get(value, i), shape, item);
        else if (is_bare(shape))
            read_field(reader, json_array_get(value, i), &shape->fields[0], item);
        else
            read_record(reader, json_array_get(value, i), shape, item);
    }
    reader->where = outside;
}

static void read_list(struct request_json_reader *reader, const json_t *value,
    const struct field *field, void *record)
{
    const size_t count = json_array_size(value);
    struct arena *arena = &reader->call->arena;
    struct list *list = member_of(record, field);

    if (!json_is_array(value)) {
        add_field_error(reader, field->name, WORDS(NOT_LIST));
        return;
    }
    if (count > field->max) {
        add_field_error(reader, field->name, WORDS(TOO_MANY, .most = (int64_t)field->max));
        return;
    }
    if (!count)
        return;

    list->items = arena_alloc(arena, count, field->items->size);
    list->count = count;

    read_items(reader, value, field, list);
}

static void read_field(struct request_json_reader *reader, const json_t *value,
    const struct field *field, void *record)
{
    switch (field->type) {
    case FIELD_I64:
        read_i64(reader, value, field, record);
        return;
    case FIELD_KG:
        read_kg(reader, value, field, record);
        return;
    case FIELD_BOOL:
        read_bool(reader, value, field, record);
        return;
    case FIELD_TEXT:
    case FIELD_TIME:
        read_text(reader, value, field, record);
        return;
    case FIELD_WORD:
        read_word(reader, value, field, record);
        return;
    case FIELD_LIST:
        read_list(reader, value, field, record);
        return;
    case FIELD_RAW:
    case FIELD_ERRORS:
        break;
    }
    assert(0 && "is never read from JSON");
}

static void leave_out(struct request_json_reader *reader, const struct field *field, void *record)
{
    if (!field->optional)
        add_field_error(reader, field->name, WORDS(MISSING));
    else if (field->type == FIELD_I64 || field->type == FIELD_KG)
        *(int64_t *)member_of(record, field) = NO_I64;
}

static bool request_json_is_known(const struct shape *shape, const char *name)
{
    for (size_t i = 0; i < shape->count; i++)
        if (shape->fields[i].type != FIELD_ERRORS && strcmp(shape->fields[i].name, name) == 0)
            return true;
    return false;
}

static void read_record(struct request_json_reader *reader, const json_t *object,
    const struct shape *shape, void *record)
{
    const char *name;
    json_t *value;

    if (!json_is_object(object)) {
        add_field_error(reader, "", WORDS(NOT_OBJECT));
        return;
    }

    for (size_t i = 0; i < shape->count; i++) {
        const struct field *field = &shape->fields[i];

        if (field->type == FIELD_ERRORS)
            continue;
        value = json_object_get(object, field->name);
        if (value && !json_is_null(value))
            read_field(reader, value, field, record);
        else
            leave_out(reader, field, record);
    }

    json_object_foreach((json_t *)object, name, value)
    {
        if (!request_json_is_known(shape, name))
            add_field_error(reader, name, WORDS(UNKNOWN_FIELD));
    }
}

static bool says_json(const char *type)
{
    static const char json[] = "application/json";
    const size_t length = sizeof json - 1;

    return type && strncasecmp(type, json, length) == 0
        && (type[length] == '\0' || type[length] == ';' || type[length] == ' ');
}

static void forget(void *json)
{
    json_decref(json);
}

bool request_json(
    struct call *call, const struct request *request, const struct shape *shape, void *record)
{
    if (!says_json(request->headers[HEADER_CONTENT_TYPE]))
        return fail_because(call, BODY_NOT_JSON_TYPE);

    json_error_t error;
    json_t *json = json_loadb(request->body ? request->body : "", request->length,
        JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);

    if (!json)
        return fail_because(call, BODY_NOT_JSON, .line = error.line, .column = error.column);

    arena_defer(&call->arena, forget, json);
    if (!json_is_object(json))
        return fail_because(call, BODY_NOT_OBJECT);

    struct request_json_reader reader = { .call = call, .where = "" };

    memset(record, 0, shape->size);
    read_record(&reader, json, shape, record);
    return reader.errors == 0;
}
