/*
 * Area: a dispatch area that a dispatcher may belong to.
 */
#ifndef AREA_AREA_H
#define AREA_AREA_H

#include "auth/permission.h"
#include "base/call.h"
#include "base/shape.h"

struct area {
    int64_t id;
    const char *name;
    int64_t users; /* who belong to it */
};

extern const struct shape area_shape;

/* All of them, by name. */
MUST_USE bool area_list(struct call *call, struct list *areas);

/* FAULT_BAD_FIELDS when the name is no good or taken; FAULT_REFUSED when there are too many. */
MUST_USE bool area_create(struct call *call, const char *name, struct area *area);

/* FAULT_BAD_FIELDS, FAULT_NOT_FOUND. */
MUST_USE bool area_rename(struct call *call, int64_t id, const char *name, struct area *area);

/* FAULT_NOT_FOUND; FAULT_REFUSED while people or bags belong to it, and how many. */
MUST_USE bool area_delete(struct call *call, int64_t id);

/*
 * The area of this name, in any case: *known is its name as it is written. FAULT_BAD_FIELDS about
 * `area` when there is none.
 */
MUST_USE bool area_find_name(struct call *call, const char *name, const char **known);

/*
 * What area somebody new of this role belongs to: the id of the one of this name, or 0 for none
 * (NULL, ""). FAULT_BAD_FIELDS about `area`; only a dispatcher has one.
 */
MUST_USE bool area_for_new_user(struct call *call, enum role role, const char *name, int64_t *id);

#endif
