-- stats_totals()
-- All totals at this moment: the sums over the slots, which are updated in the transactions that
-- change the facts.
SELECT t.parents, t.children, t.linked, t.children - t.linked AS free_children,
       t.parents - t.in_progress - t.completed AS pending, t.in_progress, t.completed,
       t.bills, t.bills - t.bills_done AS bills_open, t.scans,
       h.scans AS today_scans, h.linked AS today_linked,
       h.parents_completed AS today_parents_completed,
       h.bills_completed AS today_bills_completed
  FROM (SELECT COALESCE(sum(parents), 0)::bigint AS parents,
               COALESCE(sum(children), 0)::bigint AS children,
               COALESCE(sum(linked), 0)::bigint AS linked,
               COALESCE(sum(in_progress), 0)::bigint AS in_progress,
               COALESCE(sum(completed), 0)::bigint AS completed,
               COALESCE(sum(bills), 0)::bigint AS bills,
               COALESCE(sum(bills_done), 0)::bigint AS bills_done,
               COALESCE(sum(scans), 0)::bigint AS scans
          FROM counter
         WHERE org_id = $1) t,
       (SELECT COALESCE(sum(c.scans), 0)::bigint AS scans,
               COALESCE(sum(c.linked), 0)::bigint AS linked,
               COALESCE(sum(c.parents_completed), 0)::bigint AS parents_completed,
               COALESCE(sum(c.bills_completed), 0)::bigint AS bills_completed
          FROM counter_hour c
         WHERE c.org_id = $1
           AND c.day = (SELECT (now() AT TIME ZONE o.time_zone)::date FROM org o WHERE o.org_id = $1)) h;

-- stats_days(days integer)
-- Business days up to today, oldest first, including days without a scan.
SELECT d.day::date::text AS day, COALESCE(sum(c.scans), 0)::bigint AS scans,
       COALESCE(sum(c.linked), 0)::bigint AS linked, COALESCE(sum(c.late), 0)::bigint AS late,
       COALESCE(sum(c.parents_completed), 0)::bigint AS parents_completed,
       COALESCE(sum(c.bills_completed), 0)::bigint AS bills_completed
  FROM org o
 CROSS JOIN generate_series((now() AT TIME ZONE o.time_zone)::date - ($2::integer - 1),
                            (now() AT TIME ZONE o.time_zone)::date, interval '1 day') AS d (day)
  LEFT JOIN counter_hour c ON c.org_id = $1 AND c.day = d.day::date
 WHERE o.org_id = $1
 GROUP BY d.day
 ORDER BY d.day;

-- stats_hours()
-- Today's scans by hour, 0 to 23.
SELECT COALESCE(sum(c.scans), 0)::bigint AS scans
  FROM org o
 CROSS JOIN generate_series(0, 23) AS h (hour)
  LEFT JOIN counter_hour c ON c.org_id = $1
                          AND c.day = (now() AT TIME ZONE o.time_zone)::date
                          AND c.hour = h.hour
 WHERE o.org_id = $1
 GROUP BY h.hour
 ORDER BY h.hour;

-- stats_families()
-- How many parents there are of each family, from the index alone.
SELECT f.name, (SELECT count(*) FROM bag b WHERE b.org_id = $1 AND b.family_id = f.id) AS parents
  FROM bag_family f
 WHERE f.org_id = $1
 ORDER BY parents DESC, f.name
 LIMIT 100;
