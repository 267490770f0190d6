#include "settings/settings.h"

#include "audit/audit.h"
#include "auth/org_settings.h"
#include "base/json.h"
#include "config/config.h"
#include "db/db.h"
#include "settings/settings.sql.h"

static const struct field settings_fields[] = {
    FIELD_MAX(struct settings, time_zone, 100),
    FIELD_OPTIONAL(struct settings, eod_hour, 0),
    FIELD(struct settings, session_idle_seconds),
    FIELD(struct settings, session_absolute_seconds),
    FIELD(struct settings, registration),
    FIELD(struct settings, require_2fa_admin),
    FIELD(struct settings, audit_anonymise),
};

const struct shape settings_shape = SHAPE(struct settings, settings_fields);

bool settings_find(struct call *call, struct settings *settings)
{
    const struct org_settings *servers = org_settings_defaults();

    return db_one(call,
        SETTINGS_FIND(.idle_seconds = servers->idle_seconds,
            .absolute_seconds = servers->absolute_seconds, .registration = servers->registration,
            .admin_two_factor = servers->admin_two_factor, .anonymise = servers->anonymise),
        &settings_shape, settings);
}

/* The same bounds as for the server's own option. */
static bool settings_check_seconds(
    struct call *call, const char *field, enum option_id option, int64_t seconds)
{
    const int64_t least = options[option].min, most = options[option].max;

    return (seconds >= least && seconds <= most)
        || fail_field(call, field, OUT_OF_RANGE, .least = least, .most = most);
}

static bool settings_check_limits(struct call *call, const struct settings *wanted)
{
    return settings_check_seconds(call, "session_idle_seconds", OPTION_SESSION_IDLE_SECONDS,
               wanted->session_idle_seconds)
        && settings_check_seconds(call, "session_absolute_seconds", OPTION_SESSION_ABSOLUTE_SECONDS,
            wanted->session_absolute_seconds)
        && (wanted->session_idle_seconds <= wanted->session_absolute_seconds
            || fail_field(call, "session_idle_seconds", LONGER_THAN_SESSION));
}

static bool settings_check_zone(struct call *call, const char *zone)
{
    bool known;

    return db_value_bool(call, SETTINGS_ZONE_KNOWN(.zone = zone), &known)
        && (known || fail_field(call, "time_zone", NOT_ZONE));
}

static bool settings_check(struct call *call, const struct settings *wanted)
{
    const int64_t hour = wanted->eod_hour;

    return settings_check_zone(call, wanted->time_zone) && settings_check_limits(call, wanted)
        && (hour == NO_I64 || (hour >= 0 && hour <= 23)
            || fail_field(call, "eod_hour", OUT_OF_RANGE, .least = 0, .most = 23));
}

static const char *settings_note(struct call *call, const struct settings *settings)
{
    struct json json = json_new(&call->arena);

    json_record(&json, &settings_shape, settings);
    return json.text;
}

bool settings_update(struct call *call, const struct settings *wanted)
{
    struct settings old;

    return settings_check(call, wanted) && db_run(call, SETTINGS_LOCK(), NULL)
        && settings_find(call, &old)
        && db_run(call,
            SETTINGS_PUT(.time_zone = wanted->time_zone, .eod_hour = wanted->eod_hour,
                .idle_seconds = wanted->session_idle_seconds,
                .absolute_seconds = wanted->session_absolute_seconds,
                .registration = wanted->registration, .admin_two_factor = wanted->require_2fa_admin,
                .anonymise = wanted->audit_anonymise),
            NULL)
        && audit_note(call, AUDIT_SETTINGS_EDIT, call->org_id, settings_note(call, &old),
            settings_note(call, wanted), NULL);
}
