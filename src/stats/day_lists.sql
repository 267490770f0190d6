-- part day_first
-- The day of :since_us in the organisation's zone, or its first day with a figure.
GREATEST(('epoch'::timestamptz + :since_us::bigint * interval '1 microsecond') AT TIME ZONE o.time_zone,
         (SELECT min(c.day) FROM counter_hour c WHERE c.org_id = $1)::timestamp)::date;

-- part day_last
-- The day before :until_us, which is the first moment that doesn't belong to the list, or the last day
-- with a figure; and no day after :before_day, which counts from 1970-01-01.
LEAST((('epoch'::timestamptz + :until_us::bigint * interval '1 microsecond') AT TIME ZONE o.time_zone
       - interval '1 microsecond')::date,
      (SELECT max(c.day) FROM counter_hour c WHERE c.org_id = $1),
      date '1970-01-01' + :before_day::bigint::integer);

-- totals_list(since_us bigint, until_us bigint, before_day bigint, count bigint)
-- The latest day first; the days are looked at one after the other, until there are enough.
SELECT d.day::date - date '1970-01-01' AS day_number, d.day::date::text AS day, t.scans, t.linked, t.late,
       t.parents_completed, t.bills_completed
  FROM org o
 CROSS JOIN LATERAL generate_series(@day_last::timestamp, @day_first::timestamp, interval '-1 day') AS d (day)
 CROSS JOIN LATERAL (SELECT sum(c.scans)::bigint AS scans, sum(c.linked)::bigint AS linked,
                            sum(c.late)::bigint AS late,
                            sum(c.parents_completed)::bigint AS parents_completed,
                            sum(c.bills_completed)::bigint AS bills_completed
                       FROM counter_hour c
                      WHERE c.org_id = $1
                        AND c.day = d.day::date
                     HAVING count(*) > 0) t
 WHERE o.org_id = $1
   AND d.day::date - date '1970-01-01' < COALESCE(:before_day::bigint, 10000000)
 ORDER BY d.day DESC
 LIMIT :count::bigint;

-- activity_list(user text, since_us bigint, until_us bigint, before_day bigint, before_user bigint, count bigint)
-- The latest day first, and on each day by person. 0 stands for what nobody is known to have done.
SELECT d.day::date - date '1970-01-01' AS day_number, t.user_id, d.day::date::text AS day, t.user, t.area,
       t.scans, t.linked, t.undone, t.billed, t.returned, t.refused
  FROM org o
 CROSS JOIN LATERAL generate_series(@day_last::timestamp, @day_first::timestamp, interval '-1 day') AS d (day)
 CROSS JOIN LATERAL (
    SELECT COALESCE(s.user_id, 0) AS user_id,
           (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = s.user_id) AS user,
           (SELECT a.name
              FROM users u
              JOIN area a ON a.org_id = $1 AND a.id = u.area_id
             WHERE u.org_id = $1
               AND u.id = s.user_id) AS area,
           count(*) AS scans,
           count(*) FILTER (WHERE s.kind = 'link' AND s.verdict = 'linked') AS linked,
           count(*) FILTER (WHERE s.kind IN ('undo', 'unlink', 'unbill', 'unreturn')) AS undone,
           count(*) FILTER (WHERE s.kind = 'bill' AND s.verdict = 'linked') AS billed,
           count(*) FILTER (WHERE s.kind = 'return' AND s.verdict = 'done') AS returned,
           count(*) FILTER (WHERE s.verdict NOT IN ('done', 'linked')) AS refused
      FROM scan s
     WHERE s.org_id = $1
       AND s.at >= d.day AT TIME ZONE o.time_zone
       AND s.at < (d.day + interval '1 day') AT TIME ZONE o.time_zone
       AND (:user::text IS NULL
            OR s.user_id IN (SELECT u.id
                               FROM users u
                              WHERE u.org_id = $1
                                AND lower(u.username) = lower(:user::text)))
     GROUP BY s.user_id
     ORDER BY COALESCE(s.user_id, 0)) t
 WHERE o.org_id = $1
   AND (d.day::date - date '1970-01-01' < COALESCE(:before_day::bigint, 10000000)
        OR t.user_id > COALESCE(:before_user::bigint, -1))
 ORDER BY d.day DESC, t.user_id
 LIMIT :count::bigint;
