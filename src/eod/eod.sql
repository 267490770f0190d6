-- part eod_span
-- Of a table with `at`, as s: the day, in the organisation's zone.
s.at >= (:day::date)::timestamp AT TIME ZONE (SELECT o.time_zone FROM org o WHERE o.org_id = $1)
       AND s.at < (:day::date + 1)::timestamp AT TIME ZONE (SELECT o.time_zone FROM org o WHERE o.org_id = $1);

-- part eod_counts
-- Of the scans s: how many, how many children were packed, and how many scans were refused.
count(*) AS scans,
       count(*) FILTER (WHERE s.kind = 'link' AND s.verdict = 'linked') AS linked,
       count(*) FILTER (WHERE s.verdict NOT IN ('done', 'linked')) AS refused;

-- eod_day(day date)
-- The asked day, or today; whether it is over; NULL for a day that is still to come.
SELECT d.day::text AS day, o.time_zone AS zone, d.day < d.today AS ended
  FROM org o
 CROSS JOIN LATERAL (SELECT (now() AT TIME ZONE o.time_zone)::date AS today,
                            COALESCE($2::date, (now() AT TIME ZONE o.time_zone)::date) AS day) d
 WHERE o.org_id = $1
   AND d.day <= d.today;

-- eod_totals(day date)
SELECT t.scans, t.linked, t.late, t.parents_completed, t.bills_completed, r.returned, r.returned_children,
       r.returned_kg
  FROM (SELECT COALESCE(sum(c.scans), 0)::bigint AS scans, COALESCE(sum(c.linked), 0)::bigint AS linked,
               COALESCE(sum(c.late), 0)::bigint AS late,
               COALESCE(sum(c.parents_completed), 0)::bigint AS parents_completed,
               COALESCE(sum(c.bills_completed), 0)::bigint AS bills_completed
          FROM counter_hour c
         WHERE c.org_id = $1
           AND c.day = :day::date) t
 CROSS JOIN (SELECT count(*) AS returned, COALESCE(sum(s.child_count), 0)::bigint AS returned_children,
                    COALESCE(sum(s.weight_g), 0)::bigint AS returned_kg
               FROM return_ticket_bag s
               JOIN return_ticket t ON t.org_id = $1
                                   AND t.id = s.ticket_id
              WHERE s.org_id = $1
                AND t.status <> 'cancelled'
                AND @eod_span) r;

-- eod_people(day date, most bigint)
-- Who scanned, the busiest first. A dispatcher's area is the one that he has now.
SELECT u.username AS user, (SELECT a.name FROM area a WHERE a.org_id = $1 AND a.id = u.area_id) AS area,
       t.scans, t.linked, t.refused
  FROM (SELECT s.user_id, @eod_counts
          FROM scan s
         WHERE s.org_id = $1
           AND @eod_span
         GROUP BY s.user_id) t
  LEFT JOIN users u ON u.org_id = $1
                   AND u.id = t.user_id
 ORDER BY t.scans DESC, t.user_id
 LIMIT :most::bigint;

-- eod_refusals(day date)
-- What was refused, and how often.
SELECT s.verdict, count(*) AS scans
  FROM scan s
 WHERE s.org_id = $1
   AND @eod_span
   AND s.verdict NOT IN ('done', 'linked')
 GROUP BY s.verdict
 ORDER BY count(*) DESC, s.verdict;

-- eod_bills(day date, most bigint)
-- The bills onto which something was scanned that day, as they stand now.
SELECT b.code, b.status, b.linked, b.capacity, b.children, b.weight_g AS weight_kg,
       b.expected_g AS expected_weight_kg,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = b.created_by) AS created_by
  FROM (SELECT DISTINCT s.bill_id
          FROM scan s
         WHERE s.org_id = $1
           AND @eod_span
           AND s.kind = 'bill'
           AND s.verdict = 'linked') t
  JOIN bill b ON b.org_id = $1
             AND b.id = t.bill_id
 ORDER BY b.code
 LIMIT :most::bigint;

-- eod_plan(mailed boolean, days integer)
-- Queue the mail of each day that has come to its hour since the last one that was planned, at most the
-- last few days. A new organisation begins with its next day, and nothing is queued while mail is off.
-- Who comes second finds the day planned.
WITH due AS (
    SELECT o.eod_last,
           (now() AT TIME ZONE o.time_zone - make_interval(hours => o.eod_hour))::date AS day
      FROM org o
     WHERE o.org_id = $1
       AND o.eod_hour IS NOT NULL
       FOR NO KEY UPDATE
), moved AS (
    UPDATE org
       SET eod_last = d.day
      FROM due d
     WHERE org_id = $1
       AND (d.eod_last IS NULL OR d.eod_last < d.day)
    RETURNING 1
)
INSERT INTO job (org_id, kind, key)
SELECT $1, 'end_of_day', p.day::date::text
  FROM due d
 CROSS JOIN generate_series(GREATEST(d.eod_last + 1, d.day - ($3::integer - 1))::timestamp, d.day::timestamp,
                            interval '1 day') AS p (day)
 WHERE $2::boolean
   AND d.eod_last IS NOT NULL
    ON CONFLICT (org_id, kind, key) WHERE key IS NOT NULL DO NOTHING;

-- eod_readers()
-- The addresses of the administrators who can sign in.
SELECT u.email
  FROM users u
 WHERE u.org_id = $1
   AND u.role = 'admin'
   AND u.state = 'active'
   AND u.email IS NOT NULL
 ORDER BY u.id
 LIMIT 200;
