/*
 * Settings: what administrators set for their organisation.
 *
 * They are kept in the organisation's row. Those that every request needs are read from there into
 * memory by auth/org_settings.h, so a change holds everywhere within two seconds.
 */
#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include "base/call.h"
#include "base/shape.h"

struct settings {
    const char *time_zone; /* in which days begin and times are shown: "Asia/Kolkata" */
    int64_t eod_hour; /* in which the summary of the day is mailed, 0 to 23; NO_I64: never */
    int64_t session_idle_seconds; /* people are signed out after this long without a request */
    int64_t session_absolute_seconds; /* and this long after they signed in */
    bool registration; /* people may ask for an account */
    bool require_2fa_admin; /* administrators need a second factor */
    bool audit_anonymise; /* addresses and e-mails are shortened in the audit log */
};

extern const struct shape settings_shape;

/* What holds for the call's organisation now. */
MUST_USE bool settings_find(struct call *call, struct settings *settings);

/* Set all of them, with an audit note. FAULT_BAD_FIELDS. */
MUST_USE bool settings_update(struct call *call, const struct settings *wanted);

#endif
