-- demo_org()
-- The organisation of a new installation.
SELECT min(org_id) AS id FROM org WHERE $1::bigint IS NOT NULL;

-- demo_start()
-- Whether the database is empty, and the present time.
SELECT NOT EXISTS (SELECT FROM bag WHERE org_id = $1)
       AND NOT EXISTS (SELECT FROM scan WHERE org_id = $1)
       AND NOT EXISTS (SELECT FROM bill WHERE org_id = $1) AS empty,
       (extract(epoch FROM now()) * 1000000)::bigint AS now_us,
       (extract(epoch FROM date_trunc('day', now() AT TIME ZONE o.time_zone)
                           AT TIME ZONE o.time_zone) * 1000000)::bigint AS midnight_us
  FROM org o
 WHERE o.org_id = $1;

-- demo_families()
-- The families of mustard, moong and counted bags, in this order.
SELECT y.family_id AS id, y.capacity, y.child_weight_g
  FROM unnest(ARRAY['SB00000', 'M444-00000', 'P1-10']) WITH ORDINALITY AS c (code, n)
 CROSS JOIN LATERAL bag_family_of($1, c.code) y
 ORDER BY c.n;

-- demo_person(username text, password_hash text, role user_role, number bigint)
-- Create a person, unless there is one with this name. A dispatcher's number decides the area.
WITH made AS (
    INSERT INTO users (org_id, username, password_hash, role, state, area_id)
    SELECT $1, $2::text, $3::text, $4::user_role, 'active',
           CASE WHEN $4::user_role = 'dispatcher' THEN
               (SELECT a.id
                  FROM area a
                 WHERE a.org_id = $1
                 ORDER BY a.id
                OFFSET $5::bigint % GREATEST((SELECT count(*) FROM area WHERE org_id = $1), 1)
                 LIMIT 1)
           END
        ON CONFLICT (org_id, lower(username)) WHERE state <> 'deleted' DO NOTHING
    RETURNING id, area_id
)
SELECT id, COALESCE(area_id, 0) AS area_id FROM made
 UNION ALL
SELECT id, COALESCE(area_id, 0) FROM users WHERE org_id = $1 AND lower(username) = lower($2::text);

-- demo_hours()
-- The totals by hour, counted from the scans and the bills.
INSERT INTO counter_hour AS c (org_id, day, hour, slot, scans, linked, parents_completed,
                               bills_completed)
SELECT $1, h.local::date, extract(hour FROM h.local)::integer, 0, sum(h.scans), sum(h.linked),
       sum(h.parents_completed), sum(h.bills_completed)
  FROM (SELECT date_trunc('hour', s.at AT TIME ZONE o.time_zone) AS local,
               count(*) FILTER (WHERE s.kind IN ('parent', 'link', 'bill')) AS scans,
               count(*) FILTER (WHERE s.kind = 'link' AND s.verdict = 'linked') AS linked,
               count(*) FILTER (WHERE s.closed AND s.kind IN ('link', 'finish'))
                   AS parents_completed,
               0 AS bills_completed
          FROM scan s
          JOIN org o ON o.org_id = $1
         WHERE s.org_id = $1
         GROUP BY 1
         UNION ALL
        SELECT date_trunc('hour', b.updated_at AT TIME ZONE o.time_zone), 0, 0, 0, count(*)
          FROM bill b
          JOIN org o ON o.org_id = $1
         WHERE b.org_id = $1
           AND b.status = 'completed'
         GROUP BY 1) h
 GROUP BY h.local
    ON CONFLICT (org_id, day, hour, slot) DO UPDATE
   SET scans = c.scans + EXCLUDED.scans,
       linked = c.linked + EXCLUDED.linked,
       parents_completed = c.parents_completed + EXCLUDED.parents_completed,
       bills_completed = c.bills_completed + EXCLUDED.bills_completed;

-- demo_sequences(bags bigint, bills bigint)
-- Set the sequences: the loaded rows came with their ids.
SELECT setval(pg_get_serial_sequence('bag', 'id'), $2::bigint) IS NOT NULL
       AND setval(pg_get_serial_sequence('bill', 'id'), $3::bigint + 1, false) IS NOT NULL AS done
 WHERE $1::bigint IS NOT NULL;
