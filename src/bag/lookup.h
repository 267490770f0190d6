/*
 * Lookup: reads bags by their codes, many in one database statement, for GET /api/bag/{qr}.
 *
 * Looking a code up is one of the busiest requests. So those that wait at the same moment are
 * answered as one batch by a lane, a thread with a queue of its own (http/batch.h).
 *
 * A call is one unit of work, such as a batch: it has the memory (call->arena, where returned texts
 * live), the database session and the organisation.
 */
#ifndef BAG_LOOKUP_H
#define BAG_LOOKUP_H

#include "base/call.h"
#include "base/shape.h"
#include "http/route.h"

/* Read the bags with these `count` codes: *bags is a list of struct bag in call->arena. area_ids[i]
 * limits codes[i] to bags that a user of this area may see, those of the area or of none (NO_I64:
 * no limit). Each bag's `n` is the index of its code, from 1; codes without a bag are left out. */
MUST_USE bool bag_find_many(struct call *call, const char *const *codes, const int64_t *area_ids,
    size_t count, struct list *bags);

/* GET /api/bag/{qr}: answer with the bag that has this code. A batch route: a constant with the
 * functions that read a request, work on a batch, and write the answer (http/batch.h). The answer
 * is FAULT_NOT_FOUND if there is no such bag, or the user may not see it. */
extern const struct batch_route get_bag;

#endif
