/*
 * Audit: who did what to which thing, and why.
 *
 * A note is a row in the call's own transaction, so a change and its note are kept or lost
 * together. The serving database role may add rows and read them, never change or remove one.
 */
#ifndef AUDIT_AUDIT_H
#define AUDIT_AUDIT_H

#include <stdint.h>

#include "base/call.h"

/*
 * Note that the caller did `action` ("close") to the thing of kind `entity` ("bill"). `entity_id`
 * is 0 when there is no one row to point at. `before` and `after` are JSON texts, `reason` is what
 * the person gave as the reason; each of the three may be NULL. The person, the address and the
 * request id are those of the call.
 */
MUST_USE bool audit_note(struct call *call, const char *action, const char *entity,
    int64_t entity_id, const char *before, const char *after, const char *reason);

#endif
