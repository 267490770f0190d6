/*
 * Settings: the settings that administrators can change for their organisation.
 *
 * They are stored in the organisation's row; one without a value there has the server's default.
 * Those that every request needs are read into memory by auth/org_settings.h, so that a change
 * takes effect on all servers within two seconds.
 *
 * A call is one unit of work, such as a request: it has the memory (call->arena, where returned
 * texts live), the database transaction, the organisation and, after a failure, the fault.
 */
#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include "base/call.h"
#include "base/shape.h"

/* All settings of an organisation, as the API reads and writes them. */
struct settings {
    const char *time_zone; /* in which days begin and times are shown, such as "Asia/Kolkata" */
    int64_t eod_hour; /* hour at which the summary of the day is mailed, 0 to 23; NO_I64: never */
    int64_t session_idle_seconds; /* a session ends after this time without a request */
    int64_t session_absolute_seconds; /* a session ends this long after the user signed in */
    bool registration; /* people may request an account */
    bool require_2fa_admin; /* administrators must have a second factor */
    bool audit_anonymise; /* IP and e-mail addresses are shortened in the audit log */
};

/* The table of the members of struct settings (name, type, offset), by which its database row and
 * its JSON are read and its JSON is written. */
extern const struct shape settings_shape;

/* Read the present settings of the call's organisation into *settings. */
MUST_USE bool settings_find(struct call *call, struct settings *settings);

/* Replace all settings of the call's organisation by *wanted, and add a note to the audit log.
 * FAULT_BAD_FIELDS if the time zone is unknown, a number is out of range, or the idle time of a
 * session exceeds its total time. */
MUST_USE bool settings_update(struct call *call, const struct settings *wanted);

#endif
