/*
 * Lookup: GET /api/bag/{qr}, answered through a lane.
 */
#ifndef BAG_LOOKUP_H
#define BAG_LOOKUP_H

#include "base/call.h"
#include "base/shape.h"
#include "http/route.h"

/*
 * The bags with these codes, as `struct bag`, each with the number of its code; unknown codes are
 * left out.
 */
MUST_USE bool bag_find_many(struct call *call, const char *const *codes, const int64_t *area_ids,
    size_t count, struct list *bags);

extern const struct batch_route get_bag;

#endif
