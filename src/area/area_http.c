#include "area/area_http.h"

#include "area/area.h"

/* Bytes; what counts is characters, and those the rules count. */
#define NAME_BYTES 400

struct area_body {
    const char *name;
};

static const struct field area_body_fields[] = {
    FIELD_MAX(struct area_body, name, NAME_BYTES),
};

static const struct shape area_body_shape = SHAPE(struct area_body, area_body_fields);

bool get_areas(struct call *call, const struct request *request, struct reply *reply)
{
    struct list areas;

    (void)request;
    return area_list(call, &areas) && reply_list(call, reply, &area_shape, &areas, NULL);
}

bool post_area(struct call *call, const struct request *request, struct reply *reply)
{
    struct area_body body;
    struct area area;

    return request_json(call, request, &area_body_shape, &body)
        && area_create(call, body.name, &area)
        && reply_record(call, reply, 201, &area_shape, &area);
}

bool patch_area(struct call *call, const struct request *request, struct reply *reply)
{
    struct area_body body;
    struct area area;
    int64_t id;

    return request_json(call, request, &area_body_shape, &body)
        && request_path_id(call, request, &id) && area_rename(call, id, body.name, &area)
        && reply_record(call, reply, 200, &area_shape, &area);
}

bool delete_area(struct call *call, const struct request *request, struct reply *reply)
{
    int64_t id;

    return request_path_id(call, request, &id) && area_delete(call, id) && reply_empty(reply);
}
