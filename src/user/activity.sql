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
