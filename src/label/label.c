#include "label/label.h"

#include <string.h>
#include <unistd.h>

#include "audit/audit.h"
#include "bag/code.h"
#include "bag/rules.h"
#include "base/scratch.h"
#include "base/text.h"
#include "db/db.h"
#include "family/family_match.h"
#include "label/code_number.h"
#include "label/label.sql.h"

/* No scan takes it: it has a dash, as no child has, and is of no family. */
#define TRIAL_CODE "TRIAL-SHEET"

static const char *const label_format_words[] = {
    NULL,
#define WORD(name, word) word,
#include "label/label_format.def"
#undef WORD
};

const struct word_set label_format_set = WORD_SET(label_format, label_format_words);

/* An order on its way: what is to be printed, and what of it is kept. */
struct label_job {
    const struct label_order *order;
    struct list families;
    struct label *labels;
    size_t count;
    bool is_range;
    struct code_number from; /* of a range */
};

static const struct family *label_family(const struct label_job *job, const char *code)
{
    return family_find_by_code(&job->families, code);
}

static bool label_is_code(const struct label_job *job, const char *code)
{
    return label_family(job, code) || bag_is_child_code(code);
}

static void label_set(const struct label_job *job, size_t i, const char *code)
{
    const struct family *family = label_family(job, code);

    job->labels[i] = (struct label){ code, family ? family->name : "" };
}

static bool label_make_chosen(struct call *call, struct label_job *job)
{
    const struct label_code *codes = job->order->codes.items;

    job->count = job->order->codes.count;
    job->labels = NEW_ARRAY(&call->arena, struct label, job->count);
    for (size_t i = 0; i < job->count; i++) {
        const char *code = bag_code_clean(&call->arena, codes[i].code);

        if (!label_is_code(job, code))
            return fail_field(call, "codes", LABEL_NOT_A_CODE, .code = code);
        label_set(job, i, code);
    }
    return true;
}

/* The codes of a range are all of the first one's family, or all of children. */
static bool label_make_numbered(struct call *call, struct label_job *job, const char *first)
{
    const struct family *family = label_family(job, first);

    for (size_t i = 0; i < job->count; i++) {
        const char *code = code_number_text(&call->arena, &job->from, (int64_t)i);

        if (label_family(job, code) != family || !label_is_code(job, code))
            return fail_field(call, "count", LABEL_RANGE_ENDS, .last = job->labels[i - 1].code);
        label_set(job, i, code);
    }
    return true;
}

static bool label_make_range(struct call *call, struct label_job *job)
{
    const char *first = bag_code_clean(&call->arena, job->order->first);
    const struct family *family = label_family(job, first);
    const bool count_at_end = family && family->capacity == NO_I64;

    if (!label_is_code(job, first)
        || !code_number_read(&call->arena, first, count_at_end, &job->from))
        return fail_field(call, "first", LABEL_NOT_A_CODE, .code = first);
    if (job->order->count < 1 || job->order->count > LABELS_MAX)
        return fail_field(call, "count", OUT_OF_RANGE, .least = 1, .most = LABELS_MAX);

    job->is_range = true;
    job->count = (size_t)job->order->count;
    job->labels = NEW_ARRAY(&call->arena, struct label, job->count);
    return label_make_numbered(call, job, first);
}

static void label_make_trial(struct call *call, struct label_job *job)
{
    const struct label_measures *paper = label_paper_measures(job->order->paper);

    job->count = (size_t)(paper->columns * paper->rows);
    job->labels = NEW_ARRAY(&call->arena, struct label, job->count);
    for (size_t i = 0; i < job->count; i++)
        job->labels[i] = (struct label){ TRIAL_CODE, "" };
}

static bool label_make(struct call *call, struct label_job *job)
{
    const struct label_order *order = job->order;

    if (order->trial) {
        label_make_trial(call, job);
        return true;
    }
    if (order->first && order->codes.count)
        return fail_field(call, "codes", LABELS_EITHER);
    if (!order->first && !order->codes.count)
        return fail_field(call, "first", MISSING);
    return family_list(call, &job->families)
        && (order->first ? label_make_range(call, job) : label_make_chosen(call, job));
}

static bool label_check_paper(struct call *call, const struct label_order *order)
{
    const struct label_measures *paper = label_paper_measures(order->paper);
    const int64_t most = paper->columns * paper->rows - 1;

    if (order->format != LABEL_FORMAT_PDF && !label_paper_is_roll(order->paper))
        return fail_field(call, "paper", PAPER_NOT_ROLL);
    return order->skip == NO_I64 || (order->skip >= 0 && order->skip <= most)
        || fail_field(call, "skip", OUT_OF_RANGE, .least = 0, .most = most);
}

struct label_taken {
    int64_t bags;
    const char *code;
};

static const struct field label_taken_fields[] = {
    FIELD(struct label_taken, bags),
    FIELD(struct label_taken, code),
};

static const struct shape label_taken_shape = SHAPE(struct label_taken, label_taken_fields);

struct label_printed {
    int64_t number;
    const char *username;
};

static const struct field label_printed_fields[] = {
    FIELD(struct label_printed, number),
    FIELD(struct label_printed, username),
};

static const struct shape label_printed_shape = SHAPE(struct label_printed, label_printed_fields);

static bool label_check_bags(struct call *call, const struct label_job *job)
{
    const char **codes = NEW_ARRAY(&call->arena, const char *, job->count);
    struct label_taken taken;

    for (size_t i = 0; i < job->count; i++)
        codes[i] = job->labels[i].code;
    return db_one(call, LABEL_TAKEN(.codes = { codes, job->count }), &label_taken_shape, &taken)
        && (!taken.bags
            || fail_because(call, LABELS_IN_USE, .labels = taken.bags, .code = taken.code));
}

static int64_t label_high(const struct label_job *job)
{
    return job->from.number + (int64_t)job->count - 1;
}

static bool label_check_printed(struct call *call, const struct label_job *job)
{
    struct label_printed printed;
    bool found;

    if (!db_one_or_none(call,
            LABEL_PRINTED(.stem = code_number_stem(&call->arena, &job->from),
                .low = job->from.number, .high = label_high(job)),
            &label_printed_shape, &printed, &found))
        return false;
    if (!found)
        return true;

    const int64_t steps = printed.number - job->from.number;

    return fail_because(call, LABELS_PRINTED,
        .code = code_number_text(&call->arena, &job->from, steps),
        .user = printed.username ? printed.username : "");
}

static bool label_check_new(struct call *call, const struct label_job *job)
{
    return !job->is_range || job->order->again
        || (label_check_bags(call, job) && label_check_printed(call, job));
}

static const char *label_note(struct call *call, const struct label_job *job)
{
    struct json json = json_new(&call->arena);

    json_open(&json, '{');
    json_put_text(&json, "first", job->labels[0].code);
    json_put_text(&json, "last", job->labels[job->count - 1].code);
    json_put_i64(&json, "labels", (int64_t)job->count);
    json_close(&json, '}');
    return json.text;
}

static bool label_keep(struct call *call, const struct label_job *job)
{
    const char *first = job->labels[0].code;
    const struct family *family = label_family(job, first);
    int64_t id;

    return db_value_i64(call,
               LABEL_KEEP(.family_id = family ? family->id : 0, .first = first,
                   .last = job->labels[job->count - 1].code,
                   .stem = job->is_range ? code_number_stem(&call->arena, &job->from) : NULL,
                   .low = job->is_range ? job->from.number : NO_I64,
                   .high = job->is_range ? label_high(job) : NO_I64, .labels = (int64_t)job->count,
                   .paper = word_set_word(&label_paper_set, job->order->paper),
                   .format = word_set_word(&label_format_set, job->order->format),
                   .user_id = call->person.id),
               &id)
        && audit_note(call, AUDIT_LABEL_PRINT, id, NULL, label_note(call, job), NULL);
}

static bool label_write(
    struct call *call, const struct label_job *job, struct label_document *document)
{
    const struct label_order *order = job->order;
    const struct label_sheet sheet = {
        .paper = order->paper,
        .skip = order->skip == NO_I64 || order->trial ? 0 : order->skip,
        .outlines = order->trial,
        .labels = job->labels,
        .count = job->count,
    };
    const bool is_pdf = order->format == LABEL_FORMAT_PDF;

    document->type = is_pdf ? "application/pdf" : "text/plain; charset=utf-8";
    document->name =
        arena_format(&call->arena, "labels-%s.%s", job->labels[0].code, is_pdf ? "pdf" : "zpl");
    return scratch_open(call, &document->file)
        && (is_pdf ? label_write_pdf(call, &sheet, document->file)
                   : label_write_zpl(call, &sheet, order->format == LABEL_FORMAT_ZPL_203 ? 8 : 12,
                       document->file))
        && (document->length = lseek(document->file, 0, SEEK_END)) >= 0;
}

bool label_print(
    struct call *call, const struct label_order *order, struct label_document *document)
{
    struct label_job job = { .order = order };
    int64_t locked;

    return label_check_paper(call, order) && label_make(call, &job)
        && (order->trial
            || (db_run(call, LABEL_LOCK(), &locked) && label_check_new(call, &job)
                && label_keep(call, &job)))
        && label_write(call, &job, document);
}
