/*
 * Gate: who is exporting now.
 *
 * An export keeps a worker busy for as long as it takes. So each person has one at a time, and all
 * together have a few; whoever comes later is told so at once. This server's own, from any thread.
 */
#ifndef EXPORT_EXPORT_SLOTS_H
#define EXPORT_EXPORT_SLOTS_H

#include "base/call.h"

/* As many at once, all together; 1 until this is said. */
void export_slots_set(int at_once);

/* FAULT_TOO_OFTEN or FAULT_OVERLOADED. When it said true, export_slot_release() follows. */
MUST_USE bool export_slot_take(struct call *call);
void export_slot_release(const struct call *call);

#endif
