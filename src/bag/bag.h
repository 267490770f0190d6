/*
 * Bag: all data of one bag, and the HTTP answer that shows it.
 *
 * A parent is a large bag that holds child bags; the code on its label tells its family, the kind
 * of parent. A bill is a dispatch document that lists parents. A dispatcher with an area, a part of
 * the organisation, sees the bags of that area and those without one, but not what is in a parent
 * of another area; any other bag is not found.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database session, the signed-in user and, after a failure, the fault.
 */
#ifndef BAG_BAG_H
#define BAG_BAG_H

#include "bag/bag_words.h"
#include "base/json.h"
#include "http/reply.h"

/* A bag, as it is read from the database and shown by the API. NULL and NO_I64 (no value) stand for
 * what the bag does not have. */
struct bag {
    int64_t n; /* its place among the requested codes, from 1; see bag_find_many() */
    const char *qr, *family, *area; /* its code; a parent's family and the bag's area, by name */
    enum bag_kind kind;
    enum bag_status status;
    int64_t child_count, capacity; /* a parent's children, and the most it holds; NO_I64: a child */
    int64_t weight_kg, expected_weight_kg; /* both in grams; in JSON in kilograms, see FIELD_KG */
    const char *parent, *bill; /* codes: the parent that a child is in; a parent's bill */
    const char *created_at, *created_by, *updated_at; /* created_by: a user name */
    const char *children; /* the codes of a parent's children: a JSON array, as text */
};

/* Fill in the reply: the bag as JSON, in the form of GET /api/bag/{qr}, with this HTTP status.
 * Always returns true. */
bool bag_reply(struct call *call, const struct bag *bag, int status, struct reply *reply);

/* Read the bag with this code from the database and fill in the reply with it, as bag_reply() does.
 * FAULT_NOT_FOUND if there is none that the signed-in user may see. */
MUST_USE bool bag_find_and_reply(
    struct call *call, const char *code, int status, struct reply *reply);

#endif
