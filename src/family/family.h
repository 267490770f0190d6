/*
 * Family: a kind of parent bag: what its codes look like, and how many child bags it holds.
 *
 * A parent is a large bag that holds child bags; its code, the text on its label, tells its family
 * (family_match.h). Families are rows that administrators edit. While a family has bags, its
 * pattern and capacity can't change, because those bags rely on them. Its name can, and so can the
 * weight of a child, which then applies to new bags.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database session, the signed-in person and, after a failure, the fault.
 */
#ifndef FAMILY_FAMILY_H
#define FAMILY_FAMILY_H

#include "base/call.h"
#include "base/shape.h"

/* A family as it is stored and as the API shows it. */
struct family {
    int64_t id;
    const char *name; /* unique in the organisation */
    const char *prefix; /* the literal text with which all its codes begin */
    const char *pattern; /* regular expression of its codes, see family/family_pattern.h */
    int64_t capacity; /* most children of a bag; NO_I64 (none): the number that ends each code */
    int64_t child_weight_kg; /* weight of one child in grams; shown as kilograms */
};

/* The table of the members of struct family (name, type, offset), by which database rows are read
 * into it and JSON is written from it. */
extern const struct shape family_shape;

/* The input for a new family, or the changes to one. NULL, or NO_I64 (no value): not given. */
struct family_edit {
    const char *name;
    const char *pattern, *prefix, *example; /* example: a code of the pattern; required with it */
    int64_t capacity; /* most children; only given together with the pattern */
    int64_t child_weight_kg; /* grams */
};

/* Read all families as a list of struct family, in the order in which a code is compared with
 * them. There are at most 100. */
MUST_USE bool family_list(struct call *call, struct list *families);

/* Create a family and read it into *family. Name and pattern are required. FAULT_BAD_FIELDS if a
 * field is invalid or the name is taken; FAULT_REFUSED if there are 100 families. */
MUST_USE bool family_create(
    struct call *call, const struct family_edit *edit, struct family *family);

/* Change a family and read the result into *family. FAULT_NOT_FOUND; FAULT_BAD_FIELDS if a field is
 * invalid or the name is taken; FAULT_REFUSED if pattern, prefix or capacity would change while the
 * family has bags. */
MUST_USE bool family_update(
    struct call *call, int64_t id, const struct family_edit *edit, struct family *family);

/* Delete a family that has no bags. FAULT_NOT_FOUND; FAULT_REFUSED, with the number of bags, if it
 * has any. */
MUST_USE bool family_delete(struct call *call, int64_t id);

#endif
