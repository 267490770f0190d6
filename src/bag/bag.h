/*
 * Bag: what is known about one bag, and lists of bags.
 *
 * A dispatcher with an area sees the bags of that area and those without an area; any other bag is
 * not found.
 */
#ifndef BAG_BAG_H
#define BAG_BAG_H

#include "bag/bag_words.h"
#include "base/json.h"
#include "http/reply.h"

struct bag {
    int64_t n; /* its place among the requested codes, from 1 */
    const char *qr, *family, *area;
    enum bag_kind kind;
    enum bag_status status;
    int64_t child_count, capacity; /* NO_I64 for a child */
    int64_t weight_kg, expected_weight_kg; /* grams, see FIELD_KG */
    const char *parent, *bill;
    const char *created_at, *created_by, *updated_at;
    const char *children; /* a JSON array of codes */
};

/* Answer with the bag, in the form of GET /api/bag/{qr}. */
bool bag_reply(struct call *call, const struct bag *bag, int status, struct reply *reply);

/* Find the bag and answer with it. FAULT_NOT_FOUND. */
MUST_USE bool bag_find_and_reply(
    struct call *call, const char *code, int status, struct reply *reply);

#endif
