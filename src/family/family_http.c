#include "family/family_http.h"

#include <limits.h>

#include "base/text.h"
#include "family/family.h"

static const struct field family_edit_fields[] = {
    FIELD_OPTIONAL(struct family_edit, name, 0),
    FIELD_OPTIONAL(struct family_edit, pattern, 0),
    FIELD_OPTIONAL(struct family_edit, prefix, 0),
    FIELD_OPTIONAL(struct family_edit, example, 0),
    FIELD_OPTIONAL(struct family_edit, capacity, 0),
    { .name = "child_weight_kg",
        .type = FIELD_KG,
        .offset = offsetof(struct family_edit, child_weight_kg),
        .optional = true },
};

static const struct shape family_edit_shape = SHAPE(struct family_edit, family_edit_fields);

static bool path_id(struct call *call, const struct request *request, int64_t *id)
{
    return text_to_i64(request_path(request, "id"), 1, INT_MAX, id)
        || fail(call, FAULT_NOT_FOUND, "no family's id");
}

bool get_families(struct call *call, const struct request *request, struct reply *reply)
{
    struct list families;

    (void)request;
    return family_list(call, &families) && reply_list(call, reply, &family_shape, &families, NULL);
}

bool post_family(struct call *call, const struct request *request, struct reply *reply)
{
    struct family_edit edit;
    struct family family;

    return request_json(call, request, &family_edit_shape, &edit)
        && family_create(call, &edit, &family)
        && reply_record(call, reply, 201, &family_shape, &family);
}

bool patch_family(struct call *call, const struct request *request, struct reply *reply)
{
    struct family_edit edit;
    struct family family;
    int64_t id;

    return request_json(call, request, &family_edit_shape, &edit) && path_id(call, request, &id)
        && family_update(call, id, &edit, &family)
        && reply_record(call, reply, 200, &family_shape, &family);
}

bool delete_family(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t id;

    return path_id(call, request, &id) && family_delete(call, id) && reply_empty(reply);
}
