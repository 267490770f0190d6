/*
 * Org settings: the settings that each organisation's administrators can change, kept in memory.
 *
 * Each setting has a default, the server's own option, and an organisation may have a value of its
 * own in its database row. All of them are read again every two seconds, so a change reaches every
 * server without a message, and org_settings_of() needs no database statement.
 *
 * A call is the unit of work in hand, such as a request; it records the fault after a failure.
 */
#ifndef AUTH_ORG_SETTINGS_H
#define AUTH_ORG_SETTINGS_H

#include "base/call.h"

/* The settings of one organisation, with the defaults where it has no value of its own. */
struct org_settings {
    int64_t org_id; /* 0 in the defaults */
    int64_t idle_seconds, absolute_seconds; /* how long a session lasts: unused, and in total */
    bool registration; /* people may ask for an account */
    bool admin_two_factor; /* administrators need a second factor */
    bool anonymise; /* addresses and e-mails are shortened in the audit log */
};

/* Return the defaults, a static variable, for the caller to read or change. Change them only at
 * start, before there are other threads. */
struct org_settings *org_settings_defaults(void);

/* Return the settings of an organisation, as last loaded; the defaults if it has none of its own.
 * From any thread; never blocks. */
struct org_settings org_settings_of(int64_t org_id);

/* Read the settings of all organisations from the database into memory, at start and every two
 * seconds. Called by one thread at a time only; sets call->org_id to 0 (no organisation). */
MUST_USE bool org_settings_load(struct call *call);

#endif
