/*
 * Area: a dispatch area, a part of the organisation to which dispatchers and bags may belong.
 *
 * A dispatcher of an area sees only bags of that area or of none. Names are unique, ignoring case.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef AREA_AREA_H
#define AREA_AREA_H

#include "auth/permission.h"
#include "base/call.h"
#include "base/shape.h"

/* A dispatch area, as it is stored and as the API shows it. */
struct area {
    int64_t id;
    const char *name;
    int64_t users; /* how many users belong to it */
};

/* The table of the members of struct area (name, type, offset), by which database rows are read
 * into it and JSON is written from it. */
extern const struct shape area_shape;

/* Read all areas, sorted by name, as a list of struct area in call->arena. */
MUST_USE bool area_list(struct call *call, struct list *areas);

/* Create an area, and read it into *area. FAULT_BAD_FIELDS if the name is malformed or taken;
 * FAULT_REFUSED if there are 500 areas already. */
MUST_USE bool area_create(struct call *call, const char *name, struct area *area);

/* Give the area with this id another name, and read the result into *area. FAULT_BAD_FIELDS if the
 * name is malformed or taken; FAULT_NOT_FOUND if there is no such area. */
MUST_USE bool area_rename(struct call *call, int64_t id, const char *name, struct area *area);

/* Delete the area with this id. FAULT_NOT_FOUND if there is none; FAULT_REFUSED, with their number,
 * while users or bags belong to it. */
MUST_USE bool area_delete(struct call *call, int64_t id);

/* Find an area by name, ignoring case; *known is its name as it is stored. FAULT_BAD_FIELDS about
 * the request's field `area` if there is none. */
MUST_USE bool area_find_name(struct call *call, const char *name, const char **known);

/* Find the area for a new user with this role: if the name is NULL or "", *id is 0, whatever the
 * role. Otherwise it is the id of the area with this name; FAULT_BAD_FIELDS about the request's
 * field `area` if there is none, or if the role is not dispatcher, as only dispatchers have areas.
 */
MUST_USE bool area_for_new_user(struct call *call, enum role role, const char *name, int64_t *id);

#endif
