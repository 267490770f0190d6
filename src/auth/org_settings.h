/*
 * Org settings: what an organisation's administrators have set for it, known to every thread.
 *
 * Each setting has a default, the server's own option, and an organisation may have a value of its
 * own in its row. All of them are kept in memory and read again every two seconds, so a change
 * reaches every server without a message, and asking costs no statement.
 */
#ifndef AUTH_ORG_SETTINGS_H
#define AUTH_ORG_SETTINGS_H

#include "base/call.h"

struct org_settings {
    int64_t org_id;
    int64_t idle_seconds, absolute_seconds; /* how long a session lasts: unused, and in total */
    bool registration; /* people may ask for an account */
    bool admin_two_factor; /* administrators need a second factor */
    bool anonymise; /* addresses and e-mails are shortened in the audit log */
};

/* The defaults, to be written at start, before there are other threads. */
struct org_settings *org_settings_defaults(void);

/* The settings of an organisation. From any thread; never blocks. */
struct org_settings org_settings_of(int64_t org_id);

/* Read the settings of all organisations again. By one thread only; sets call->org_id to 0. */
MUST_USE bool org_settings_load(struct call *call);

#endif
