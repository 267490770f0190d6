-- settings_lock()
-- Until the end of the transaction nobody else changes them.
SELECT org_id FROM org WHERE org_id = $1 FOR NO KEY UPDATE;

-- settings_find(idle_seconds integer, absolute_seconds integer, registration boolean, admin_two_factor boolean,
--     anonymise boolean)
-- What holds for the organisation: its own values, or else the server's.
SELECT o.time_zone, o.eod_hour, COALESCE(o.session_idle_seconds, $2::integer) AS session_idle_seconds,
       COALESCE(o.session_absolute_seconds, $3::integer) AS session_absolute_seconds,
       COALESCE(o.registration, $4::boolean) AS registration,
       COALESCE(o.require_2fa_admin, $5::boolean) AS require_2fa_admin,
       COALESCE(o.audit_anonymise, $6::boolean) AS audit_anonymise
  FROM org o
 WHERE o.org_id = $1;

-- settings_zone_known(zone text)
SELECT EXISTS (SELECT FROM pg_timezone_names z WHERE $1::bigint > 0 AND z.name = $2) AS known;

-- settings_put(time_zone text, eod_hour smallint, idle_seconds integer, absolute_seconds integer,
--     registration boolean, admin_two_factor boolean, anonymise boolean)
UPDATE org
   SET time_zone = $2, eod_hour = $3::smallint, session_idle_seconds = $4::integer,
       session_absolute_seconds = $5::integer, registration = $6::boolean, require_2fa_admin = $7::boolean,
       audit_anonymise = $8::boolean
 WHERE org_id = $1;
