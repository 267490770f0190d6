/*
 * Export slots: who is exporting now.
 *
 * An export keeps a worker busy all the time. So each person may run one export at a time, and all
 * people together only a few; further requests are refused at once. Each server counts for itself.
 * From any thread.
 */
#ifndef EXPORT_EXPORT_SLOTS_H
#define EXPORT_EXPORT_SLOTS_H

#include "base/call.h"

/* How many exports may run at once; 1 until this is called. */
void export_slots_set(int at_once);

/* FAULT_TOO_OFTEN or FAULT_OVERLOADED. If it returned true, export_slot_release() must follow. */
MUST_USE bool export_slot_take(struct call *call);
void export_slot_release(const struct call *call);

#endif
