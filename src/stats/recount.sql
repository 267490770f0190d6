-- recount_orgs()
SELECT org_id AS id FROM org WHERE $1::bigint IS NOT NULL ORDER BY org_id;

-- recount_patience()
-- For this transaction only. A recount reads everything and may take longer than a request. If the
-- tables were not analysed yet, as after a crash, the planner believes that they are small and
-- would compare every row with every other.
SELECT set_config('statement_timeout', '0', true) IS NOT NULL
       AND set_config('enable_nestloop', 'off', true) IS NOT NULL AS done
 WHERE $1::bigint IS NOT NULL;

-- part recount_totals
-- The organisation's own totals.
bags AS MATERIALIZED (
    SELECT count(*) FILTER (WHERE kind = 'parent') AS parents,
           count(*) FILTER (WHERE kind = 'child') AS children,
           count(*) FILTER (WHERE parent_id IS NOT NULL) AS linked,
           count(*) FILTER (WHERE status = 'in_progress') AS in_progress,
           count(*) FILTER (WHERE status = 'completed') AS completed
      FROM bag
     WHERE org_id = $1
), bills AS MATERIALIZED (
    SELECT count(*) AS bills, count(*) FILTER (WHERE status = 'completed') AS bills_done
      FROM bill
     WHERE org_id = $1
), scans AS MATERIALIZED (
    SELECT count(*) AS scans FROM scan WHERE org_id = $1 AND kind IN ('parent', 'link', 'bill', 'return')
), kept AS MATERIALIZED (
    SELECT COALESCE(sum(parents), 0) AS parents, COALESCE(sum(children), 0) AS children,
           COALESCE(sum(linked), 0) AS linked, COALESCE(sum(in_progress), 0) AS in_progress,
           COALESCE(sum(completed), 0) AS completed, COALESCE(sum(scans), 0) AS scans,
           COALESCE(sum(bills), 0) AS bills, COALESCE(sum(bills_done), 0) AS bills_done
      FROM counter
     WHERE org_id = $1
), by_hour AS MATERIALIZED (
    SELECT COALESCE(sum(scans), 0) AS scans FROM counter_hour WHERE org_id = $1
), totals AS (
    SELECT t.*
      FROM kept k, bags b, bills l, scans s, by_hour h,
           LATERAL (VALUES ('parents', k.parents, b.parents),
                           ('children', k.children, b.children),
                           ('linked', k.linked, b.linked),
                           ('in_progress', k.in_progress, b.in_progress),
                           ('completed', k.completed, b.completed),
                           ('scans', k.scans, s.scans),
                           ('scans by hour', h.scans, s.scans),
                           ('bills', k.bills, l.bills),
                           ('bills_done', k.bills_done, l.bills_done)) AS t (figure, kept, counted)
);

-- part recount_bags_and_bills
-- What every parent and every bill holds.
held AS MATERIALIZED (
    SELECT parent_id AS id, count(*) AS children, sum(weight_g) AS weight_g
      FROM bag
     WHERE org_id = $1
       AND parent_id IS NOT NULL
     GROUP BY parent_id
), parents AS (
    SELECT t.*
      FROM bag p
      LEFT JOIN held h ON h.id = p.id
     CROSS JOIN LATERAL (VALUES (p.code || ' child_count', p.child_count::bigint, h.children),
                                (p.code || ' weight_g', p.weight_g::bigint, h.weight_g))
           AS t (figure, kept, counted)
     WHERE p.org_id = $1
       AND p.kind = 'parent'
), billed AS MATERIALIZED (
    SELECT bill_id AS id, count(*) AS linked, sum(child_count) AS children,
           sum(weight_g) AS weight_g, sum(expected_g) AS expected_g
      FROM bag
     WHERE org_id = $1
       AND bill_id IS NOT NULL
     GROUP BY bill_id
), bill_figures AS (
    SELECT t.*
      FROM bill l
      LEFT JOIN billed b ON b.id = l.id
     CROSS JOIN LATERAL (VALUES (l.code || ' linked', l.linked::bigint, b.linked),
                                (l.code || ' children', l.children::bigint, b.children),
                                (l.code || ' weight_g', l.weight_g, b.weight_g),
                                (l.code || ' expected_g', l.expected_g, b.expected_g))
           AS t (figure, kept, counted)
     WHERE l.org_id = $1
), strays AS (
    -- Children whose parent is not a parent bag, which the foreign key alone would allow.
    SELECT c.code || ' is in ' || p.code, 0::bigint, 1::bigint
      FROM held h
      JOIN bag p ON p.org_id = $1 AND p.id = h.id AND p.kind = 'child'
      JOIN bag c ON c.org_id = $1 AND c.parent_id = p.id
);

-- part recount_tickets
-- What every return ticket holds; of a cancelled one, what stayed off its bill.
on_tickets AS MATERIALIZED (
    SELECT r.ticket_id AS id, count(*) AS bags, sum(r.child_count) AS children, sum(r.weight_g) AS weight_g
      FROM return_ticket_bag r
      JOIN return_ticket t ON t.org_id = $1 AND t.id = r.ticket_id
     WHERE r.org_id = $1
       AND (t.status <> 'cancelled' OR r.stay IS NOT NULL)
     GROUP BY r.ticket_id
), ticket_figures AS (
    SELECT v.*
      FROM return_ticket t
      LEFT JOIN on_tickets o ON o.id = t.id
     CROSS JOIN LATERAL (VALUES (t.code || ' bags', t.bags::bigint, o.bags),
                                (t.code || ' children', t.children::bigint, o.children),
                                (t.code || ' weight_g', t.weight_g, o.weight_g))
           AS v (figure, kept, counted)
     WHERE t.org_id = $1
);

-- recount_differences()
-- Every stored total that differs from the count; no row if all is well. It is one statement and so
-- one snapshot, and may run while people scan. Months of history that were dropped can't be
-- counted; `scans` then differs by their number.
WITH @recount_totals,
@recount_bags_and_bills,
@recount_tickets,
figures AS (
    SELECT figure, kept::bigint, counted FROM totals
     UNION ALL
    SELECT * FROM parents
     UNION ALL
    SELECT * FROM bill_figures
     UNION ALL
    SELECT * FROM ticket_figures
     UNION ALL
    SELECT * FROM strays
)
SELECT figure, kept, COALESCE(counted, 0)::bigint AS counted
  FROM figures
 WHERE kept <> COALESCE(counted, 0)
 LIMIT 10000;
