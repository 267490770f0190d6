#include "base/words.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

#include "base/call.h"
#include "base/text.h"

/* A text is a name, a code, or a note of 500 characters; what stands in an address may be longer.
 */
#define WORDS_TEXT_MAX 2000

#define NOTHING
#define TEXT(name) { #name, false },
#define COUNT(name) { #name, true },
/* clang-format off */
#define REFUSAL(name, key, fault, params, english) \
    static const struct words_param params_##name[] = { params { NULL, false } };
#define WRONG(name, key, params, english) \
    static const struct words_param params_##name[] = { params { NULL, false } };
#define NOTICE(name, kind, params, link, title, message) \
    static const struct words_param params_##name[] = { params { NULL, false } };
/* clang-format on */
#include "base/words.def"

static const struct words_param params_none[] = { { NULL, false } };

static const struct words_row reason_rows[REASON_COUNT] = {
    [REASON_NONE] = { "none", FAULT_NONE, params_none, NULL, "", NULL },
#define FAULT(code, slug, http, exit, title)                                                       \
    [REASON_##code] = { slug, code, params_none, NULL, title, NULL },
#include "base/fault.def"
#undef FAULT
#define REFUSAL(name, key, fault, params, english)                                                 \
    [REASON_##name] = { key, fault, params_##name, NULL, english, NULL },
#define WRONG(name, key, params, english)                                                          \
    [REASON_##name] = { key, FAULT_BAD_FIELDS, params_##name, NULL, english, NULL },
#include "base/words.def"
};

static const struct words_row notice_rows[NOTICE_COUNT] = {
    [NOTICE_NONE] = { "none", FAULT_NONE, params_none, "", "", "" },
#define NOTICE(name, kind, params, link, title, message)                                           \
    [NOTICE_##name] = { kind, FAULT_NONE, params_##name, title, message, link },
#include "base/words.def"
};

static const char *const reason_keys[] = {
    NULL,
#define FAULT(code, slug, http, exit, title) slug,
#include "base/fault.def"
#undef FAULT
#define REFUSAL(name, key, fault, params, english) key,
#define WRONG(name, key, params, english) key,
#include "base/words.def"
};

static const char *const notice_kinds[] = {
    NULL,
#define NOTICE(name, kind, params, link, title, message) kind,
#include "base/words.def"
};

const struct word_set reason_set = WORD_SET(reason, reason_keys);
const struct word_set notice_kind_set = WORD_SET(notice_kind, notice_kinds);

/* A fault's value is its reason's. */
_Static_assert((int)REASON_FAULT_CONFIG == (int)FAULT_CONFIG, "faults come first");

/* One parameter, as a struct words_<name> has it. */
union words_value {
    const char *text;
    int64_t count;
};

const struct words_row *words_reason(enum reason reason)
{
    return &reason_rows[reason];
}

const struct words_row *words_find(const char *key)
{
    const enum reason reason = word_set_find(&reason_set, key);

    return reason ? words_reason(reason) : NULL;
}

const struct words_row *words_notice(enum notice_kind kind)
{
    return &notice_rows[kind];
}

static size_t words_param_count(const struct words_row *row)
{
    size_t count = 0;

    while (row->params[count].name)
        count++;
    return count;
}

static const char *words_cut(struct arena *arena, const char *text)
{
    char *cut = arena_bytes(arena, text, strnlen(text, WORDS_TEXT_MAX));

    text_drop_partial_character(cut);
    return cut;
}

/* The parameters' values, in the order of the row. */
static union words_value *words_values(
    struct arena *arena, const struct words_row *row, const void *params)
{
    const size_t count = words_param_count(row);
    union words_value *values = NEW_ARRAY(arena, union words_value, count + 1);

    assert(params || count == 0);
    if (count)
        memcpy(values, (const char *)params + 8, count * sizeof *values);
    for (size_t i = 0; i < count; i++)
        if (!row->params[i].is_count)
            values[i].text = words_cut(arena, values[i].text ? values[i].text : "");
    return values;
}

/* A text is never longer than the English and its parameters, each as often as it stands there. */
struct words_writer {
    struct arena *arena;
    const struct words_row *row;
    const union words_value *values;
    char *text, *end;
    size_t room;
};

static void words_put(struct words_writer *writer, const char *bytes, size_t length)
{
    const size_t used = (size_t)(writer->end - writer->text);

    if (used + length >= writer->room) {
        char *larger = arena_alloc(writer->arena, 2 * writer->room + length, 1);

        memcpy(larger, writer->text, used);
        writer->text = larger;
        writer->end = larger + used;
        writer->room = 2 * writer->room + length;
    }
    memcpy(writer->end, bytes, length);
    writer->end += length;
}

static size_t words_index(const struct words_row *row, const char *name, size_t length)
{
    size_t i = 0;

    while (row->params[i].name
        && (strlen(row->params[i].name) != length
            || memcmp(row->params[i].name, name, length) != 0))
        i++;
    assert(row->params[i].name);
    return i;
}

static const char *words_value_text(const struct words_writer *writer, size_t i)
{
    if (!writer->row->params[i].is_count)
        return writer->values[i].text;
    return arena_format(writer->arena, "%lld", (long long)writer->values[i].count);
}

/* "one", "other", or the very word of a text. */
static const char *words_form(const struct words_writer *writer, size_t i)
{
    if (!writer->row->params[i].is_count)
        return writer->values[i].text;
    return writer->values[i].count == 1 ? "one" : "other";
}

/* The form called `name` of "one:# bag|other:# bags}"; that of `other`, the last one, otherwise. */
static const char *words_choose(const char *forms, const char *name)
{
    const size_t length = strlen(name);

    while (strncmp(forms, name, length) != 0 || forms[length] != ':') {
        const char *next = forms + strcspn(forms, "|}");

        if (*next != '|')
            break;
        forms = next + 1;
    }
    return forms + strcspn(forms, ":|}") + 1;
}

static void words_put_form(struct words_writer *writer, const char *forms, size_t i)
{
    const char *form = words_choose(forms, words_form(writer, i));
    const char *value = words_value_text(writer, i);

    for (; !strchr("|}", *form); form++)
        if (*form == '#')
            words_put(writer, value, strlen(value));
        else
            words_put(writer, form, 1);
}

/* "{bill}" or "{bags|one:...|other:...}", from behind its brace. Returns what follows. */
static const char *words_put_param(struct words_writer *writer, const char *at)
{
    const size_t length = strcspn(at, "|}");
    const size_t i = words_index(writer->row, at, length);
    const char *value = words_value_text(writer, i);

    if (at[length] == '|')
        words_put_form(writer, at + length + 1, i);
    else
        words_put(writer, value, strlen(value));

    at = strchr(at, '}');
    assert(at);
    return at + 1;
}

static const char *words_fill(struct words_writer *writer, const char *english)
{
    while (*english) {
        if (*english != '{') {
            words_put(writer, english++, 1);
        } else if (english[1] == '{') {
            words_put(writer, english, 1);
            english += 2;
        } else {
            english = words_put_param(writer, english + 1);
        }
    }
    while (writer->end > writer->text && writer->end[-1] == ' ')
        writer->end--;
    *writer->end = '\0';
    return writer->text;
}

static const char *words_write(struct arena *arena, const char *english,
    const struct words_row *row, const union words_value *values)
{
    const size_t room = strlen(english) + 1;
    char *text = arena_alloc(arena, room, 1);
    struct words_writer writer = {
        .arena = arena, .row = row, .values = values, .text = text, .end = text, .room = room
    };

    return words_fill(&writer, english);
}

static const char *words_write_params(
    struct arena *arena, const struct words_row *row, const union words_value *values)
{
    struct json json = json_new(arena);

    json_open(&json, '{');
    for (size_t i = 0; row->params[i].name; i++)
        if (row->params[i].is_count)
            json_put_i64(&json, row->params[i].name, values[i].count);
        else
            json_put_text(&json, row->params[i].name, values[i].text);
    json_close(&json, '}');
    return json.text;
}

/* What isn't there is empty, or none: the object may be older than the row. */
static union words_value words_read_value(
    struct arena *arena, const struct words_param *param, const json_t *object)
{
    const json_t *value = json_object_get(object, param->name);
    const char *text = json_string_value(value);

    if (param->is_count)
        return (union words_value){ .count = json_integer_value(value) };
    return (union words_value){ .text = text ? arena_text(arena, text) : "" };
}

const char *words_english(
    struct arena *arena, const struct words_row *row, const char *english, const char *params)
{
    union words_value *values = NEW_ARRAY(arena, union words_value, words_param_count(row) + 1);
    json_t *object = json_loads(params, 0, NULL);

    for (size_t i = 0; row->params[i].name; i++)
        values[i] = words_read_value(arena, &row->params[i], object);
    json_decref(object);
    return words_write(arena, english, row, values);
}

const char *words_params(struct arena *arena, const struct words_row *row, const void *params)
{
    return words_write_params(arena, row, words_values(arena, row, params));
}

struct words words_say(struct arena *arena, enum reason reason, const void *params)
{
    const struct words_row *row = &reason_rows[reason];
    const union words_value *values = words_values(arena, row, params);

    assert(reason > REASON_NONE && reason < REASON_COUNT);
    return (struct words){ reason, words_write_params(arena, row, values),
        words_write(arena, row->english, row, values) };
}

struct words words_copy(struct arena *arena, const struct words *words)
{
    return (struct words){ words->reason, arena_text(arena, words->params),
        arena_text(arena, words->english) };
}

void words_to_json(struct json *json, const struct words *words)
{
    json_put_text(json, "reason", reason_rows[words->reason].key);
    json_key(json, "params");
    json_raw(json, words->params ? words->params : "{}");
}
