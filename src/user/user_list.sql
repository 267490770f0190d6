-- user_list(after text, limit bigint, q text, role user_role, state user_state, area text,
--     idle_seconds integer, absolute_seconds integer, id bigint, username text)
-- People sorted by name; or, with an id or a name, only that person.
SELECT lower(u.username) AS key, u.id, u.username, u.email, u.role, a.name AS area, u.state,
       u.created_at, u.signed_in_at,
       (SELECT l.locked_until
          FROM login_attempt l
         WHERE l.org_id = $1
           AND l.name_hash = sha256(convert_to(lower(u.username), 'UTF8'))
           AND l.locked_until > now()) AS locked_until,
       (SELECT count(*)
          FROM session s
         WHERE s.org_id = $1
           AND s.user_id = u.id
           AND s.used_at > now() - make_interval(secs => $8::integer)
           AND s.created_at > now() - make_interval(secs => $9::integer)) AS sessions,
       EXISTS (SELECT
                 FROM two_factor t
                WHERE t.org_id = $1
                  AND t.user_id = u.id
                  AND t.confirmed_at IS NOT NULL) AS two_factor
  FROM ((SELECT u.id
           FROM users u
           LEFT JOIN area a ON a.org_id = $1 AND a.id = u.area_id
          WHERE u.org_id = $1
            AND $10::bigint IS NULL
            AND $11::text IS NULL
            AND lower(u.username) > COALESCE($2::text, '')
            AND ($4::text IS NULL
                 OR strpos(lower(u.username), lower($4)) > 0
                 OR strpos(lower(u.email), lower($4)) > 0)
            AND ($5::user_role IS NULL OR u.role = $5::user_role)
            AND CASE WHEN $6::user_state IS NULL THEN u.state <> 'deleted'
                     ELSE u.state = $6::user_state
                END
            AND ($7::text IS NULL OR a.name_key = $7)
          ORDER BY lower(u.username)
          LIMIT $3::bigint)
         UNION ALL
        SELECT COALESCE($10::bigint, (SELECT u.id
                                        FROM users u
                                       WHERE u.org_id = $1
                                         AND lower(u.username) = lower($11)
                                         AND u.state <> 'deleted'))) AS found
  JOIN users u ON u.org_id = $1 AND u.id = found.id
  LEFT JOIN area a ON a.org_id = $1 AND a.id = u.area_id
 ORDER BY lower(u.username);

-- activity_days(user_id bigint, days integer)
-- What one person scanned on each business day up to today, oldest first; each row also has the
-- figures of all these days together. Rows are found by time: an index by person would cost every
-- scan something, for a page that is rarely opened.
WITH zone AS MATERIALIZED (
    SELECT o.time_zone AS name,
           (now() AT TIME ZONE o.time_zone)::date AS today
      FROM org o
     WHERE o.org_id = $1
), mine AS MATERIALIZED (
    SELECT (s.at AT TIME ZONE z.name) AS local, s.parent_id, s.child_id, s.verdict
      FROM zone z, scan s
     WHERE s.org_id = $1
       AND s.user_id = $2::bigint
       AND s.at >= (z.today - ($3::integer - 1))::timestamp AT TIME ZONE z.name
), per_day AS MATERIALIZED (
    SELECT local::date AS day, count(*) AS scans,
           count(*) FILTER (WHERE verdict = 'linked') AS linked
      FROM mine
     GROUP BY local::date
)
SELECT (z.today - d.ago)::text AS day, COALESCE(p.scans, 0) AS scans,
       COALESCE(p.linked, 0) AS linked,
       (SELECT count(*)
          FROM (SELECT parent_id FROM mine UNION SELECT child_id FROM mine) AS b (id)
         WHERE b.id IS NOT NULL) AS bags,
       (SELECT extract(hour FROM m.local)::bigint
          FROM mine m
         GROUP BY extract(hour FROM m.local)
         ORDER BY count(*) DESC, extract(hour FROM m.local)
         LIMIT 1) AS busiest_hour
  FROM zone z
 CROSS JOIN generate_series($3::integer - 1, 0, -1) AS d (ago)
  LEFT JOIN per_day p ON p.day = z.today - d.ago
 ORDER BY d.ago DESC;

-- activity_notes(user_id bigint, limit bigint)
-- What one person did most recently, apart from scanning.
SELECT l.at, l.action, l.entity, l.entity_id, l.reason
  FROM audit_log l
 WHERE l.org_id = $1
   AND l.user_id = $2::bigint
 ORDER BY l.at DESC, l.id DESC
 LIMIT $3::bigint;
