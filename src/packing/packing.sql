-- packing_parent_lock(code text, area_id id)
-- A parent, held until the end of the transaction, and with it all its packing. Were it asked for by
-- kind = 'parent', an empty table would be read by its index of parents, and so it would stay planned.
SELECT b.id, b.code, b.child_count, b.capacity, b.status, b.bill_id
  FROM bag b
 WHERE b.org_id = $1
   AND b.code = $2
   AND b.kind <> 'child'
   AND ($3::bigint IS NULL OR b.area_id IS NULL OR b.area_id = $3::bigint)
   FOR NO KEY UPDATE;

-- packing_bill_lock(bill_id bigint)
SELECT l.code, l.status = 'completed' AS closed
  FROM bill l
 WHERE l.org_id = $1
   AND l.id = $2
   FOR NO KEY UPDATE;

-- packing_latest_link(parent_id bigint, user_id bigint)
-- The child that this person put into the parent last, if nothing has been done with it since, and whether
-- that is at most an hour ago. Rows from before there was a time of recording have their own time.
SELECT c.code, COALESCE(k.recorded_at, k.at) >= now() - interval '1 hour' AS recent
  FROM scan k
 CROSS JOIN LATERAL (SELECT b.code
                       FROM bag b
                      WHERE b.org_id = $1
                        AND b.id = k.child_id
                        AND b.parent_id = $2
                      LIMIT 1) c
 WHERE k.org_id = $1
   AND k.parent_id = $2
   AND k.user_id = $3
   AND k.kind = 'link'
   AND k.verdict = 'linked'
   AND NOT EXISTS (SELECT
                     FROM scan s
                    WHERE s.org_id = $1
                      AND s.child_id = k.child_id
                      AND s.verdict IN ('linked', 'done')
                      AND COALESCE(s.recorded_at, s.at) > COALESCE(k.recorded_at, k.at))
 ORDER BY COALESCE(k.recorded_at, k.at) DESC
 LIMIT 1;

-- packing_detach(slot integer, parent_id bigint, children text[], scan_ids uuid[], kind scan_kind,
--     user_id bigint, reason text)
-- Take children out of a parent that is locked: they are free again, their history stays. A parent
-- that was completed is in progress again.
WITH gone AS (
    UPDATE bag c
       SET parent_id = NULL, changed_by = $7::bigint, changed_at = clock_timestamp()
      FROM unnest($4::text[], $5::uuid[]) AS s (code, scan_id)
     WHERE c.org_id = $1
       AND c.parent_id = $3
       AND c.code = s.code
    RETURNING c.id, c.weight_g, s.scan_id
), loss AS MATERIALIZED (
    SELECT count(*) AS children, COALESCE(sum(weight_g), 0) AS weight_g FROM gone
), before AS MATERIALIZED (
    SELECT b.id, b.bill_id, b.status, b.capacity, b.child_count - l.children AS held
      FROM bag b, loss l
     WHERE b.org_id = $1
       AND b.id = $3
), parent AS (
    UPDATE bag b
       SET child_count = b.child_count - l.children,
           weight_g = b.weight_g - l.weight_g,
           status = CASE WHEN b.child_count = l.children THEN 'pending' ELSE 'in_progress' END
                    ::bag_status,
           changed_by = $7::bigint, changed_at = now()
      FROM loss l
     WHERE b.org_id = $1
       AND b.id = $3
       AND l.children > 0
), billed AS (
    UPDATE bill b
       SET children = b.children - l.children, weight_g = b.weight_g - l.weight_g, updated_at = now()
      FROM loss l, before p
     WHERE b.org_id = $1
       AND b.id = p.bill_id
       AND l.children > 0
), logged AS (
    INSERT INTO scan (org_id, id, at, parent_id, child_id, user_id, kind, verdict, held, capacity,
                      closed, reason)
    SELECT $1, g.scan_id, now(), $3, g.id, $7::bigint, $6::scan_kind, 'done', p.held, p.capacity,
           false, $8
      FROM gone g, before p
), counted AS (
    INSERT INTO counter AS c (org_id, slot, linked, in_progress, completed)
    SELECT $1, $2::integer, -l.children,
           (p.held > 0)::integer - (p.status = 'in_progress')::integer,
           -(p.status = 'completed')::integer
      FROM loss l, before p
     WHERE l.children > 0
        ON CONFLICT (org_id, slot) DO UPDATE
       SET linked = c.linked + EXCLUDED.linked,
           in_progress = c.in_progress + EXCLUDED.in_progress,
           completed = c.completed + EXCLUDED.completed
)
SELECT children FROM loss;

-- packing_set_status(slot integer, parent_id bigint, status bag_status, scan_id uuid,
--     kind scan_kind, user_id bigint, reason text)
-- Finish or reopen a parent that is locked and in the other state. The hours count completions; one
-- that is taken back stays one.
WITH parent AS (
    UPDATE bag b
       SET status = $4::bag_status, changed_by = $7::bigint, changed_at = now()
     WHERE b.org_id = $1
       AND b.id = $3
    RETURNING b.child_count, b.capacity, b.status
), logged AS (
    INSERT INTO scan (org_id, id, at, parent_id, user_id, kind, verdict, held, capacity, closed, reason)
    SELECT $1, $5::uuid, now(), $3, $7::bigint, $6::scan_kind, 'done', p.child_count, p.capacity,
           p.status = 'completed', $8
      FROM parent p
), moment AS (
    SELECT now() AT TIME ZONE o.time_zone AS local FROM org o WHERE o.org_id = $1
), counted AS (
    INSERT INTO counter AS c (org_id, slot, in_progress, completed)
    SELECT $1, $2::integer, CASE status WHEN 'completed' THEN -1 ELSE 1 END,
           CASE status WHEN 'completed' THEN 1 ELSE -1 END
      FROM parent
        ON CONFLICT (org_id, slot) DO UPDATE
       SET in_progress = c.in_progress + EXCLUDED.in_progress,
           completed = c.completed + EXCLUDED.completed
), counted_hour AS (
    INSERT INTO counter_hour AS c (org_id, day, hour, slot, parents_completed)
    SELECT $1, local::date, extract(hour FROM local)::integer, $2::integer, 1
      FROM parent, moment
     WHERE status = 'completed'
        ON CONFLICT (org_id, day, hour, slot) DO UPDATE
       SET parents_completed = c.parents_completed + EXCLUDED.parents_completed
)
SELECT child_count, capacity, status FROM parent;

-- packing_known(scan_id uuid, code text, user_id bigint)
-- Whether a parent scan with this id was answered before, whether it had created the parent, and whether the
-- id was another scan's: of another kind, person or parent.
SELECT COALESCE((s.figures ->> 'created')::boolean, false) AS created,
       s.kind <> 'parent' OR s.user_id <> $4
           OR (SELECT b.code FROM bag b WHERE b.org_id = $1 AND b.id = s.parent_id) <> $3 AS reused
  FROM scan s
 WHERE s.org_id = $1
   AND s.id = $2::uuid;

-- packing_bag(code text)
-- The bag that has a code already, held until the end of the transaction.
SELECT b.id, b.kind
  FROM bag b
 WHERE b.org_id = $1
   AND b.code = $2
   FOR NO KEY UPDATE;

-- packing_log_parent(scan_id uuid, parent_id bigint, user_id bigint, created boolean)
INSERT INTO scan (org_id, id, at, parent_id, user_id, kind, verdict, held, capacity, closed, figures)
SELECT $1, $2::uuid, now(), b.id, $4::bigint, 'parent', 'done', b.child_count, b.capacity,
       b.status = 'completed', CASE WHEN $5::boolean THEN '{"created": true}'::jsonb END
  FROM bag b
 WHERE b.org_id = $1
   AND b.id = $3;

-- packing_children(parent_id bigint)
SELECT c.code
  FROM bag c
 WHERE c.org_id = $1
   AND c.parent_id = $2
 ORDER BY c.changed_at, c.id
 LIMIT 500;

-- packing_delete(slot integer, id bigint)
-- A bag that is free and empty goes; its scans stay, and its code, which they are found by.
WITH gone AS (
    DELETE FROM bag b
     WHERE b.org_id = $1
       AND b.id = $3
       AND b.parent_id IS NULL
       AND b.bill_id IS NULL
       AND b.child_count = 0
    RETURNING b.id, b.code, b.area_id, b.kind
), kept AS (
    INSERT INTO deleted_bag (org_id, id, code, area_id)
    SELECT $1, id, code, area_id FROM gone
), counted AS (
    INSERT INTO counter AS c (org_id, slot, parents, children)
    SELECT $1, $2::integer, -(kind = 'parent')::integer, -(kind = 'child')::integer FROM gone
        ON CONFLICT (org_id, slot) DO UPDATE
       SET parents = c.parents + EXCLUDED.parents,
           children = c.children + EXCLUDED.children
)
SELECT kind FROM gone;
