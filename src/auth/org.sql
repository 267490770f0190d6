-- org_list()
-- All organisations; $1 is 0.
SELECT org_id AS id FROM org WHERE $1::bigint = 0 ORDER BY org_id;

-- org_settings_all(idle_seconds integer, absolute_seconds integer, registration boolean,
--     admin_two_factor boolean, anonymise boolean)
-- The organisations with settings of their own, which the server's take the place of where there is
-- none; $1 is 0.
SELECT o.org_id, COALESCE(o.session_idle_seconds, $2::integer) AS idle_seconds,
       COALESCE(o.session_absolute_seconds, $3::integer) AS absolute_seconds,
       COALESCE(o.registration, $4::boolean) AS registration,
       COALESCE(o.require_2fa_admin, $5::boolean) AS admin_two_factor,
       COALESCE(o.audit_anonymise, $6::boolean) AS anonymise
  FROM org o
 WHERE $1::bigint = 0
   AND num_nonnulls(o.session_idle_seconds, o.session_absolute_seconds, o.registration,
                    o.require_2fa_admin, o.audit_anonymise) > 0
 ORDER BY o.org_id;

-- org_of_host(host text)
-- The one statement that doesn't start from an organisation, because it finds the organisation; $1
-- is 0.
SELECT org_id AS id
  FROM org
 WHERE $1::bigint = 0
   AND COALESCE(host, '') IN ('', $2)
 ORDER BY COALESCE(host, '') DESC
 LIMIT 1;
