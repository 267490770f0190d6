/* Area: a dispatch area. A dispatcher may belong to one. */
#ifndef AREA_AREA_H
#define AREA_AREA_H

#include "auth/permission.h"
#include "base/call.h"
#include "base/shape.h"

struct area {
    int64_t id;
    const char *name;
    int64_t users; /* how many people belong to it */
};

extern const struct shape area_shape;

/* All areas, sorted by name. */
MUST_USE bool area_list(struct call *call, struct list *areas);

/* FAULT_BAD_FIELDS if the name is malformed or taken; FAULT_REFUSED if there are too many areas. */
MUST_USE bool area_create(struct call *call, const char *name, struct area *area);

/* FAULT_BAD_FIELDS, FAULT_NOT_FOUND. */
MUST_USE bool area_rename(struct call *call, int64_t id, const char *name, struct area *area);

/* FAULT_NOT_FOUND; FAULT_REFUSED, with their number, while people or bags belong to it. */
MUST_USE bool area_delete(struct call *call, int64_t id);

/*
 * Find an area by name, ignoring case; *known is its name as it is stored. FAULT_BAD_FIELDS about
 * `area` if there is none.
 */
MUST_USE bool area_find_name(struct call *call, const char *name, const char **known);

/*
 * The area of a new user with this role: the id of the area with this name, or 0 if the name is
 * NULL or "". FAULT_BAD_FIELDS about `area` if it is unknown, or if the role is not dispatcher.
 */
MUST_USE bool area_for_new_user(struct call *call, enum role role, const char *name, int64_t *id);

#endif
