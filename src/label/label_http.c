#include "label/label_http.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/qr.h"
#include "label/label.h"

static const struct field label_code_fields[] = { FIELD_BARE(struct label_code, code, 200) };
static const struct shape label_code_shape = SHAPE(struct label_code, label_code_fields);

static const struct field label_order_fields[] = {
    FIELD_OF(struct label_order, paper, label_paper_set),
    FIELD_OF(struct label_order, format, label_format_set),
    FIELD_OPTIONAL(struct label_order, skip, 0),
    FIELD_OPTIONAL(struct label_order, first, 200),
    FIELD_OPTIONAL(struct label_order, count, 0),
    { .name = "codes",
        .type = FIELD_LIST,
        .offset = offsetof(struct label_order, codes),
        .optional = true,
        .max = LABELS_MAX,
        .items = &label_code_shape },
    FIELD_OPTIONAL(struct label_order, again, 0),
    FIELD_OPTIONAL(struct label_order, trial, 0),
};

static const struct shape label_order_shape = SHAPE(struct label_order, label_order_fields);

/* The server closes the file that it sends. */
static bool reply_document(
    struct call *call, struct reply *reply, const struct label_document *document)
{
    const int file = dup(document->file);
    const char *disposition =
        arena_format(&call->arena, "attachment; filename=\"%s\"", document->name);

    if (file < 0)
        return fail(call, FAULT_INTERNAL, "labels: %s", strerror(errno));
    return reply_file(reply, 200, document->type, file, document->length)
        && reply_header(call, reply, "Content-Disposition", disposition);
}

bool post_labels(struct call *call, const struct request *request, struct reply *reply)
{
    struct label_document document;
    struct label_order order;

    return request_json(call, request, &label_order_shape, &order)
        && label_print(call, &order, &document) && reply_document(call, reply, &document);
}

struct label_next_answer {
    const char *code;
};

static const struct field label_next_fields[] = { FIELD(struct label_next_answer, code) };
static const struct shape label_next_shape = SHAPE(struct label_next_answer, label_next_fields);

bool get_labels_next(struct call *call, const struct request *request, struct reply *reply)
{
    const char *family = request_query(request, "family");
    struct label_next_answer answer = { NULL };

    if (!family)
        return fail_field(call, "family", MISSING);
    return label_next(call, family, &answer.code)
        && reply_record(call, reply, 200, &label_next_shape, &answer);
}

/* Longer than any code that is printed. */
#define QR_TEXT_MAX 100

struct qr_answer {
    const char *svg;
};

static const struct field qr_fields[] = { FIELD(struct qr_answer, svg) };
static const struct shape qr_shape = SHAPE(struct qr_answer, qr_fields);

bool get_qr(struct call *call, const struct request *request, struct reply *reply)
{
    const char *text = request_query(request, "text");

    if (!text || !*text)
        return fail_field(call, "text", MISSING);
    if (strlen(text) > QR_TEXT_MAX)
        return fail_field(call, "text", TOO_LONG, .most = QR_TEXT_MAX);

    const struct qr_answer answer = { qr_svg(&call->arena, text) };

    return reply_record(call, reply, 200, &qr_shape, &answer);
}
