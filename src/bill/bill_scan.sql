-- bill_scan(slot integer, ids uuid[], user_ids bigint[], bills text[], qrs text[],
--     creates bigint[])
-- Judge a batch of parents scanned onto bills, one verdict for each, and do what the verdicts say.
-- `creates` is 1 where an unknown parent may be made (typed by hand).
--
-- All of it is one statement, with packing's lock order: bags by code, bills by id, then new bags by
-- code. No two items of a batch have the same id or the same bag (the lane sees to
-- that). What our snapshot can't show us ends in again(), and the lane runs the batch once more. What
-- the answer said beyond held and capacity is kept in `figures`, so that it can be said again.
--
-- Big tables are met through lists of keys, LATERAL ... LIMIT 1 or scalar subqueries: so the plan is
-- right whatever the planner believed of their size when it was made.
WITH sent AS MATERIALIZED (
    SELECT *
      FROM unnest($3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::bigint[])
           WITH ORDINALITY AS s (id, user_id, bill, qr, may_create, n)
), known AS MATERIALIZED (
    -- Scans that we have: the first answer stands.
    SELECT s.n, s.user_id = k.user_id AND k.kind = 'bill' AS same, s.bill, s.qr, k.parent_id,
           k.child_id, k.bill_id, k.other_id, k.note, k.verdict, k.held, k.capacity, k.closed, k.figures
      FROM sent s
     CROSS JOIN LATERAL (SELECT * FROM scan k WHERE k.org_id = $1 AND k.id = s.id LIMIT 1) k
), fresh AS MATERIALIZED (
    SELECT *
      FROM sent s
     WHERE NOT EXISTS (SELECT FROM known k WHERE k.n = s.n)
), locked AS MATERIALIZED (
    SELECT b.id, b.code, b.kind, b.bill_id, b.child_count, b.capacity, b.weight_g, b.expected_g
      FROM bag b
     WHERE b.org_id = $1
       AND b.code = ANY (ARRAY(SELECT qr FROM fresh))
     ORDER BY b.code
       FOR NO KEY UPDATE
), locked_bill AS MATERIALIZED (
    -- Asking for the count makes sure that the bags are locked before.
    SELECT l.id, l.code, l.status, l.capacity, l.linked, l.children, l.weight_g, l.expected_g
      FROM bill l
     WHERE l.org_id = $1
       AND l.code = ANY (ARRAY(SELECT bill FROM fresh))
       AND (SELECT count(*) FROM locked) >= 0
     ORDER BY l.id
       FOR NO KEY UPDATE
), judged AS MATERIALIZED (
    SELECT f.n, f.id, f.user_id, f.bill, f.qr,
           l.id AS bill_id, l.status, l.capacity, l.linked, l.children, l.weight_g, l.expected_g,
           b.id AS bag_id,
           b.kind = 'child' AS is_child,
           b.bill_id AS old_bill_id,
           o.code AS other,
           y.family_id,
           COALESCE(b.child_count, 0) AS bag_children,
           COALESCE(b.capacity, y.capacity) AS bag_capacity,
           COALESCE(b.weight_g, 0) AS bag_weight_g,
           COALESCE(b.expected_g, y.capacity * y.child_weight_g) AS bag_expected_g,
           CASE
               WHEN b.kind = 'child' THEN 'is_child'
               WHEN b.id IS NULL AND y.family_id IS NULL
                    AND (f.may_create = 1 OR f.qr !~ '^[A-Z0-9]{4,20}$') THEN 'bad_code'
               WHEN b.id IS NULL AND f.may_create = 0 THEN 'not_found'
               WHEN b.bill_id = l.id THEN 'already_here'
               WHEN b.bill_id IS NOT NULL THEN 'elsewhere'
               WHEN l.linked >= l.capacity THEN 'full'
               WHEN l.status = 'completed' THEN 'completed'
           END AS refusal,
           CASE WHEN b.bill_id <> l.id AND o.id IS NULL THEN again('a new bill') END AS lost
      FROM fresh f
      JOIN locked_bill l ON l.code = f.bill
      LEFT JOIN locked b ON b.code = f.qr
      LEFT JOIN LATERAL (SELECT o.id, o.code
                           FROM bill o
                          WHERE o.org_id = $1
                            AND o.id = b.bill_id
                          LIMIT 1) o ON true
      LEFT JOIN LATERAL bag_family_of($1, f.qr) y ON b.id IS NULL
), placed AS MATERIALIZED (
    -- The first who come take the places that are left.
    SELECT j.*,
           count(*) FILTER (WHERE refusal IS NULL) OVER (PARTITION BY bill_id ORDER BY n) AS place
      FROM judged j
), verdict AS MATERIALIZED (
    SELECT p.*,
           COALESCE(refusal, CASE WHEN linked + place <= capacity THEN 'linked' ELSE 'full' END)
               ::scan_verdict AS verdict,
           LEAST(linked + place, capacity) AS held,
           status = 'completed' OR linked + place >= capacity AS closed,
           bag_id IS NULL AND refusal IS NULL AND linked + place <= capacity AS bag_is_new
      FROM placed p
), settled AS MATERIALIZED (
    -- What each answer shows: the bill's totals just after this scan.
    SELECT v.n, v.id, v.user_id, v.bill, v.qr, v.bill_id, v.status, v.capacity, v.verdict, v.held,
           v.closed, v.other, v.is_child, v.bag_is_new, v.family_id, v.bag_children,
           v.bag_capacity, v.bag_weight_g, v.bag_expected_g,
           CASE WHEN v.verdict = 'elsewhere' THEN v.old_bill_id END AS other_id,
           CASE WHEN v.bag_is_new THEN nextval('bag_id_seq') ELSE v.bag_id END AS bag_id,
           v.children + COALESCE(sum(v.bag_children) FILTER (WHERE v.verdict = 'linked') OVER w, 0)
               AS children,
           v.weight_g + COALESCE(sum(v.bag_weight_g) FILTER (WHERE v.verdict = 'linked') OVER w, 0)
               AS weight_g,
           v.expected_g
               + COALESCE(sum(v.bag_expected_g) FILTER (WHERE v.verdict = 'linked') OVER w, 0)
               AS expected_g
      FROM verdict v
    WINDOW w AS (PARTITION BY v.bill_id ORDER BY v.n)
), answered AS MATERIALIZED (
    SELECT s.*,
           CASE WHEN bag_id IS NULL OR is_child
                THEN jsonb_build_object('children', children, 'weight_g', weight_g,
                                        'expected_g', expected_g)
                ELSE jsonb_build_object('children', children, 'weight_g', weight_g,
                                        'expected_g', expected_g, 'bag_children', bag_children,
                                        'bag_capacity', bag_capacity, 'bag_weight_g', bag_weight_g)
           END AS figures
      FROM settled s
), filled AS MATERIALIZED (
    -- What each bill is after the batch.
    SELECT l.id, l.capacity, l.linked + g.gain AS linked, l.children + g.children AS children,
           l.weight_g + g.weight_g AS weight_g, l.expected_g + g.expected_g AS expected_g, g.closed
      FROM locked_bill l
      JOIN (SELECT bill_id, count(*) AS gain, sum(bag_children) AS children,
                   sum(bag_weight_g) AS weight_g, sum(bag_expected_g) AS expected_g,
                   bool_or(closed) AS closed
              FROM answered
             WHERE verdict = 'linked'
             GROUP BY bill_id) g ON g.bill_id = l.id
), new_bag AS (
    INSERT INTO bag (org_id, id, kind, code, family_id, capacity, expected_g, status, bill_id,
                     created_by, changed_by)
    SELECT $1, bag_id, 'parent', qr, family_id, bag_capacity, bag_expected_g, 'pending', bill_id,
           user_id, user_id
      FROM answered
     WHERE bag_is_new
     ORDER BY qr
        ON CONFLICT (org_id, code) DO NOTHING
    RETURNING id
), old_bag AS (
    UPDATE bag b
       SET bill_id = a.bill_id, changed_by = a.user_id, changed_at = clock_timestamp()
      FROM answered a
     WHERE b.org_id = $1
       AND b.id = ANY (ARRAY(SELECT bag_id FROM answered WHERE verdict = 'linked' AND NOT bag_is_new))
       AND b.id = a.bag_id
       AND a.verdict = 'linked'
       AND NOT a.bag_is_new
), billed AS (
    -- UPDATE first tries its SET on the row that the snapshot shows, and checks that, before it turns
    -- to the newest version, which is the one that we have locked. So all columns that a CHECK
    -- compares are set, and to what the locked row says: a bill that takes a bag is open.
    UPDATE bill l
       SET linked = f.linked, capacity = f.capacity, children = f.children, weight_g = f.weight_g,
           expected_g = f.expected_g, returned = 0, short_reason = NULL,
           status = CASE WHEN f.closed THEN 'completed' ELSE 'processing' END::bill_status,
           updated_at = now()
      FROM filled f
     WHERE l.org_id = $1
       AND l.id = ANY (ARRAY(SELECT id FROM filled))
       AND l.id = f.id
), logged AS (
    INSERT INTO scan (org_id, id, at, parent_id, child_id, bill_id, other_id, user_id, kind, verdict,
                      held, capacity, closed, figures, note)
    SELECT $1, id, clock_timestamp(), CASE WHEN NOT COALESCE(is_child, false) THEN bag_id END,
           CASE WHEN is_child THEN bag_id END, bill_id, other_id, user_id, 'bill', verdict, held,
           capacity, closed, figures, CASE WHEN bag_id IS NULL THEN qr END
      FROM answered
     ORDER BY n
), gain AS MATERIALIZED (
    SELECT count(*) AS scans,
           count(*) FILTER (WHERE bag_is_new) AS parents,
           (SELECT count(*) FROM filled WHERE closed) AS bills_done
      FROM answered
), counted AS (
    INSERT INTO counter AS c (org_id, slot, scans, parents, bills_done)
    SELECT $1, $2::integer, scans, parents, bills_done
      FROM gain
     WHERE scans > 0
        ON CONFLICT (org_id, slot) DO UPDATE
       SET scans = c.scans + EXCLUDED.scans,
           parents = c.parents + EXCLUDED.parents,
           bills_done = c.bills_done + EXCLUDED.bills_done
), moment AS (
    SELECT now() AT TIME ZONE o.time_zone AS local FROM org o WHERE o.org_id = $1
), counted_hour AS (
    INSERT INTO counter_hour AS c (org_id, day, hour, slot, scans, bills_completed)
    SELECT $1, local::date, extract(hour FROM local)::integer, $2::integer, scans, bills_done
      FROM gain, moment
     WHERE scans > 0
        ON CONFLICT (org_id, day, hour, slot) DO UPDATE
       SET scans = c.scans + EXCLUDED.scans,
           bills_completed = c.bills_completed + EXCLUDED.bills_completed
), answer AS (
    SELECT n, verdict, false AS used, bill, qr, CASE WHEN other_id IS NOT NULL THEN other END AS other,
           held, capacity, closed, figures
      FROM answered
     UNION ALL
    -- A code that is gone can't be compared.
    SELECT k.n, k.verdict, NOT k.same OR l.code <> k.bill OR COALESCE(b.code, k.note) <> k.qr,
           COALESCE(l.code, k.bill), COALESCE(b.code, k.qr),
           (SELECT o.code FROM bill o WHERE o.org_id = $1 AND o.id = k.other_id),
           k.held, k.capacity, k.closed, k.figures
      FROM known k
      LEFT JOIN LATERAL (SELECT l.code FROM bill l
                          WHERE l.org_id = $1 AND l.id = k.bill_id LIMIT 1) l ON true
      LEFT JOIN LATERAL (SELECT b.code FROM bag b
                          WHERE b.org_id = $1
                            AND b.id = COALESCE(k.parent_id, k.child_id) LIMIT 1) b ON true
)
-- No verdict: there is no such bill. Used: the id is another scan's, of another kind, person, bill or bag.
SELECT a.verdict, COALESCE(a.used, false) AS used, COALESCE(a.bill, s.bill) AS bill,
       COALESCE(a.qr, s.qr) AS qr, a.other, a.held AS linked, a.capacity,
       COALESCE(a.closed, false) AS closed,
       (a.figures ->> 'children')::bigint AS children,
       (a.figures ->> 'weight_g')::bigint AS weight_kg,
       (a.figures ->> 'expected_g')::bigint AS expected_weight_kg,
       (a.figures ->> 'bag_children')::bigint AS bag_children,
       (a.figures ->> 'bag_capacity')::bigint AS bag_capacity,
       (a.figures ->> 'bag_weight_g')::bigint AS bag_weight_kg
  FROM sent s
  LEFT JOIN answer a ON a.n = s.n
 WHERE (SELECT count(*) FROM new_bag) = (SELECT count(*) FROM answered WHERE bag_is_new)
    OR again('a new bag')
 ORDER BY s.n;
