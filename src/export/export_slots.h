/*
 * Export slots: limits how many exports (lists written as files) run at the same time.
 *
 * An export keeps a worker thread busy from start to end. So each person may run one export at a
 * time, and all people together only a few; further requests are refused at once. Each server
 * process counts for itself. All functions may be called from any thread.
 */
#ifndef EXPORT_EXPORT_SLOTS_H
#define EXPORT_EXPORT_SLOTS_H

#include "base/call.h"

/* Set how many exports may run at once in this process: 1 to 64; 1 until this is called. */
void export_slots_set(int at_once);

/* Take a slot for the person of `call`, the request in hand; export_slot_release() must follow if
 * it returns true. FAULT_TOO_OFTEN if the person has a slot already; FAULT_OVERLOADED if none is
 * free; both ask the client to retry in 5 seconds. */
MUST_USE bool export_slot_take(struct call *call);

/* Give back the slot that export_slot_take() took for the person of this call. */
void export_slot_release(const struct call *call);

#endif
