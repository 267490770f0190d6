/*
 * Family: a kind of parent bag: what its codes look like, and how many children it holds.
 *
 * Families are rows; family_match.h decides which of them a code belongs to. While a family has
 * bags, its pattern and capacity can't change, because those bags rely on them. Its name can, and
 * so can the weight of a child, which then applies to new bags.
 */
#ifndef FAMILY_FAMILY_H
#define FAMILY_FAMILY_H

#include "base/call.h"
#include "base/shape.h"

struct family {
    int64_t id;
    const char *name;
    const char *prefix; /* the literal text that the pattern starts with */
    const char *pattern; /* see family/family_pattern.h */
    int64_t capacity; /* NO_I64: the number at the end of the code */
    int64_t child_weight_kg; /* grams, see FIELD_KG */
};

extern const struct shape family_shape;

/* NULL and NO_I64: not given. */
struct family_edit {
    const char *name;
    const char *pattern, *prefix, *example; /* a pattern needs an example that matches it */
    int64_t capacity; /* belongs to the pattern */
    int64_t child_weight_kg;
};

/* All families, in the order in which codes are matched against them. */
MUST_USE bool family_list(struct call *call, struct list *families);

/* Name and pattern are required. FAULT_BAD_FIELDS; FAULT_REFUSED if there are too many families. */
MUST_USE bool family_create(
    struct call *call, const struct family_edit *edit, struct family *family);

/*
 * FAULT_BAD_FIELDS, FAULT_NOT_FOUND; FAULT_REFUSED if the pattern changes while the family has
 * bags.
 */
MUST_USE bool family_update(
    struct call *call, int64_t id, const struct family_edit *edit, struct family *family);

/* FAULT_NOT_FOUND; FAULT_REFUSED, with their number, while the family has bags. */
MUST_USE bool family_delete(struct call *call, int64_t id);

#endif
