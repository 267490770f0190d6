-- recount_orgs()
SELECT org_id AS id FROM org WHERE $1::bigint IS NOT NULL ORDER BY org_id;

-- recount_patience()
-- A recount reads everything; it may take longer than a request. Where nobody has analysed the tables
-- yet, as after a crash, the planner takes them to be small and would compare each row with each.
-- Good for this transaction.
SELECT set_config('statement_timeout', '0', true) IS NOT NULL
       AND set_config('enable_nestloop', 'off', true) IS NOT NULL AS done
 WHERE $1::bigint IS NOT NULL;

-- recount_differences()
-- Every kept figure that is not what counting gives; no row when all is well. One statement, so one
-- snapshot: it may be asked while people scan. History that was dropped by the month is not there
-- to be counted; then `scans` differs by it.
WITH bags AS MATERIALIZED (
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
), held AS MATERIALIZED (
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
    -- A child in what is no parent: the foreign key alone would let it be.
    SELECT c.code || ' is in ' || p.code, 0::bigint, 1::bigint
      FROM held h
      JOIN bag p ON p.org_id = $1 AND p.id = h.id AND p.kind = 'child'
      JOIN bag c ON c.org_id = $1 AND c.parent_id = p.id
), figures AS (
    SELECT figure, kept::bigint, counted FROM totals
     UNION ALL
    SELECT * FROM parents
     UNION ALL
    SELECT * FROM bill_figures
     UNION ALL
    SELECT * FROM strays
)
SELECT figure, kept, COALESCE(counted, 0)::bigint AS counted
  FROM figures
 WHERE kept <> COALESCE(counted, 0)
 LIMIT 10000;
