-- The totals. All that changes them asks these two, in the transaction that changes the facts, and last, so
-- that nobody waits for a slot longer than a COMMIT takes.

-- counter_add(slot integer, parents bigint, children bigint, linked bigint, in_progress bigint,
--     completed bigint, scans bigint, bills bigint, bills_done bigint)
INSERT INTO counter AS c (org_id, slot, parents, children, linked, in_progress, completed, scans, bills,
                          bills_done)
VALUES ($1, $2::integer, $3::bigint, $4::bigint, $5::bigint, $6::bigint, $7::bigint, $8::bigint,
        $9::bigint, $10::bigint)
    ON CONFLICT (org_id, slot) DO UPDATE
   SET parents = c.parents + EXCLUDED.parents,
       children = c.children + EXCLUDED.children,
       linked = c.linked + EXCLUDED.linked,
       in_progress = c.in_progress + EXCLUDED.in_progress,
       completed = c.completed + EXCLUDED.completed,
       scans = c.scans + EXCLUDED.scans,
       bills = c.bills + EXCLUDED.bills,
       bills_done = c.bills_done + EXCLUDED.bills_done;

-- counter_add_hours(slot integer, ats bigint[], scans bigint[], linked bigint[],
--     parents_completed bigint[], bills_completed bigint[])
-- By hours of the organisation's day. `ats` are microseconds since 1970, NULL for now; one that is ahead
-- is now as well. What was made on a day before is counted there, and as late.
WITH moment AS (
    SELECT o.time_zone, now() AT TIME ZONE o.time_zone AS local FROM org o WHERE o.org_id = $1
), change AS (
    SELECT t.local::date AS day, extract(hour FROM t.local)::integer AS hour,
           t.local::date < m.local::date AS late, s.scans, s.linked, s.parents, s.bills
      FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
           AS s (at, scans, linked, parents, bills)
     CROSS JOIN moment m
     CROSS JOIN LATERAL (SELECT COALESCE(LEAST(to_timestamp(s.at / 1e6), now()), now())
                                    AT TIME ZONE m.time_zone AS local) t
)
INSERT INTO counter_hour AS c (org_id, day, hour, slot, scans, linked, late, parents_completed,
                               bills_completed)
SELECT $1, day, hour, $2::integer, sum(scans), sum(linked), COALESCE(sum(scans) FILTER (WHERE late), 0),
       sum(parents), sum(bills)
  FROM change
 GROUP BY day, hour
 ORDER BY day, hour
    ON CONFLICT (org_id, day, hour, slot) DO UPDATE
   SET scans = c.scans + EXCLUDED.scans,
       linked = c.linked + EXCLUDED.linked,
       late = c.late + EXCLUDED.late,
       parents_completed = c.parents_completed + EXCLUDED.parents_completed,
       bills_completed = c.bills_completed + EXCLUDED.bills_completed;
