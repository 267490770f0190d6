/*
 * Family: the kinds of parent bags. What their codes look like, and what they hold.
 *
 * The families are rows; bag_family_of() in the schema is the one place that says which of them a
 * code is of. While a family has bags its pattern and capacity stay as they are, for they are true
 * of those bags; its name and the weight of a child may change, the latter for bags to come.
 */
#ifndef BAG_FAMILY_H
#define BAG_FAMILY_H

#include "base/call.h"
#include "base/shape.h"

struct family {
    int64_t id;
    const char *name;
    const char *prefix; /* the literal start of the pattern */
    const char *pattern; /* see bag/family_pattern.h */
    int64_t capacity; /* NO_I64: the number that the code ends in */
    int64_t child_weight_kg; /* grams, see FIELD_KG */
};

extern const struct shape family_shape;

/* NULL and NO_I64: not said. */
struct family_edit {
    const char *name;
    const char *pattern, *prefix, *example; /* with a pattern goes an example, which has it */
    int64_t capacity; /* goes with the pattern */
    int64_t child_weight_kg;
};

/* In the order in which codes are tried against them. */
MUST_USE bool family_list(struct call *call, struct list *families);

/* A name and a pattern are needed. FAULT_BAD_FIELDS; FAULT_REFUSED when there are too many. */
MUST_USE bool family_create(
    struct call *call, const struct family_edit *edit, struct family *family);

/* FAULT_BAD_FIELDS, FAULT_NOT_FOUND; FAULT_REFUSED for another pattern while there are bags. */
MUST_USE bool family_update(
    struct call *call, int64_t id, const struct family_edit *edit, struct family *family);

/* FAULT_NOT_FOUND; FAULT_REFUSED while there are bags, and how many. */
MUST_USE bool family_delete(struct call *call, int64_t id);

#endif
