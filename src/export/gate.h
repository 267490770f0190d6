/*
 * Gate: who is exporting now.
 *
 * An export keeps a worker busy for as long as it takes. So each person has one at a time, and all
 * together have a few; whoever comes later is told so at once. This server's own, from any thread.
 */
#ifndef EXPORT_GATE_H
#define EXPORT_GATE_H

#include "base/call.h"

/* As many at once, all together; 1 until this is said. */
void gate_open(int at_once);

/* FAULT_TOO_OFTEN or FAULT_OVERLOADED. When it said true, gate_leave() follows. */
MUST_USE bool gate_enter(struct call *call);
void gate_leave(const struct call *call);

#endif
