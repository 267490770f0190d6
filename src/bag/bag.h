/*
 * Bag: what is known of one bag, and lists of them.
 *
 * A dispatcher with an area sees bags of that area and of none; others are not found.
 */
#ifndef BAG_BAG_H
#define BAG_BAG_H

#include "base/json.h"
#include "db/lanes.h"
#include "http/reply.h"

struct bag {
    int64_t n; /* which of the codes asked for it is */
    const char *qr, *kind, *family, *status, *area;
    int64_t child_count, capacity; /* NO_I64 of a child */
    int64_t weight_kg, expected_weight_kg; /* grams, see FIELD_KG */
    const char *parent, *bill;
    const char *created_at, *created_by, *updated_at;
    const char *children; /* a JSON array of codes */
};

/* One bag by its code. FAULT_NOT_FOUND. */
MUST_USE bool bag_find(struct call *call, const char *code, struct bag *bag);

/* The bag as GET /api/bag/{qr} shows it. */
bool bag_reply(struct call *call, const struct bag *bag, int status, struct reply *reply);

/* bag_find() and bag_reply() in one. */
MUST_USE bool bag_find_and_reply(
    struct call *call, const char *code, int status, struct reply *reply);

/* Lanes of the hot look-up; `conninfo` as for db_open(). */
void bag_lookup_start(const char *conninfo, const struct lanes_settings *settings);
void bag_lookup_stop(void);

#endif
