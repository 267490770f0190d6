-- packing_link(slot integer, ids uuid[], user_ids bigint[], area_ids bigint[], parents text[],
--     children text[], ats bigint[])
-- Judge a batch of child scans, one verdict for each, and do what the verdicts say. `ats` are the
-- devices' times in microseconds since 1970; a clock that is ahead counts as now.
--
-- All of it is one statement, so it is one round trip and one commit. Existing rows are locked in the
-- order bags by id, bills by id; then new bags are inserted in the order of their codes; so no two
-- batches, of whatever server, can wait for each other. No two items of a batch have the same id or
-- the same child (the lane sees to that). An id that we have already breaks the key of `scan` and
-- with it the batch (23505): packing_link_known() has the first answers then.
--
-- FOR NO KEY UPDATE hands us the newest version of a row, whoever changed it while we waited; what our
-- snapshot can't show us then -- a row that was not there before -- ends in again(), and the lane runs
-- the batch once more.
--
-- Big tables are met through lists of keys, LATERAL ... LIMIT 1 or scalar subqueries: so the plan is
-- right whatever the planner believed of their size when it was made.
WITH sent AS MATERIALIZED (
    SELECT *
      FROM unnest($3::uuid[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::bigint[])
           WITH ORDINALITY AS s (id, user_id, area_id, parent, child, at, n)
), locked AS MATERIALIZED (
    SELECT b.*
      FROM bag b
     WHERE b.org_id = $1
       AND b.code = ANY (ARRAY(SELECT parent FROM sent UNION SELECT child FROM sent))
     ORDER BY b.id
       FOR NO KEY UPDATE
), locked_bill AS MATERIALIZED (
    SELECT b.id, b.status
      FROM bill b
     WHERE b.org_id = $1
       AND b.id = ANY (ARRAY(SELECT bill_id FROM locked WHERE bill_id IS NOT NULL))
     ORDER BY b.id
       FOR NO KEY UPDATE
), parent AS MATERIALIZED (
    -- One row per parent of the batch, a new one with the id that it is going to have. A code that
    -- is neither ours nor of a family has no id.
    SELECT f.parent AS code, p.kind, p.bill_id, p.status,
           p.id IS NULL AS is_new,
           COALESCE(p.id, CASE WHEN y.family_id IS NOT NULL THEN nextval('bag_id_seq') END) AS id,
           COALESCE(p.family_id, y.family_id) AS family_id,
           COALESCE(p.child_count, 0) AS child_count,
           COALESCE(p.weight_g, 0) AS weight_g,
           COALESCE(p.capacity, y.capacity) AS capacity,
           COALESCE(y.child_weight_g, w.child_weight_g) AS child_weight_g,
           COALESCE(p.area_id, f.area_id) AS area_id,
           f.user_id,
           (l.status = 'completed') AS bill_closed,
           CASE WHEN p.bill_id IS NOT NULL AND l.id IS NULL THEN again('a new bill') END AS lost
      FROM (SELECT DISTINCT ON (parent) parent, area_id, user_id FROM sent ORDER BY parent, n) f
      LEFT JOIN locked p ON p.code = f.parent
      LEFT JOIN bag_family w ON w.org_id = $1 AND w.id = p.family_id
      LEFT JOIN locked_bill l ON l.id = p.bill_id
      LEFT JOIN LATERAL bag_family_of($1, f.parent) y ON p.id IS NULL
), judged AS MATERIALIZED (
    SELECT f.n, f.id, f.user_id, f.area_id, f.at, f.parent, f.child,
           p.id AS parent_id, p.child_count, p.capacity, p.status, p.child_weight_g,
           c.id AS child_id,
           o.code AS other,
           c.parent_id AS other_id,
           CASE
               WHEN p.id IS NULL OR p.kind = 'child' THEN 'not_a_parent'
               WHEN p.area_id <> f.area_id THEN 'other_area'
               WHEN c.kind = 'parent' THEN 'is_parent'
               WHEN y.family_id IS NOT NULL THEN 'is_parent'
               WHEN c.id IS NULL AND (length(f.child) NOT BETWEEN 4 AND 20
                                  OR f.child ~ '[^A-Z0-9]') THEN 'bad_code'
               WHEN c.parent_id = p.id THEN 'already_here'
               WHEN c.area_id <> f.area_id OR o.area_id <> f.area_id THEN 'other_area'
               WHEN c.parent_id IS NOT NULL THEN 'elsewhere'
               WHEN p.bill_closed THEN 'bill_closed'
               WHEN p.status = 'completed' THEN 'full'
           END AS refusal,
           CASE WHEN c.parent_id <> p.id AND o.id IS NULL THEN again('a new parent') END AS lost
      FROM sent f
      JOIN parent p ON p.code = f.parent
      LEFT JOIN locked c ON c.code = f.child
      LEFT JOIN LATERAL (SELECT o.id, o.code, o.area_id
                           FROM bag o
                          WHERE o.org_id = $1
                            AND o.id = c.parent_id
                          LIMIT 1) o ON true
      LEFT JOIN LATERAL bag_family_of($1, f.child) y ON c.id IS NULL
), placed AS MATERIALIZED (
    -- The first who come take the places that are left.
    SELECT j.*,
           count(*) FILTER (WHERE refusal IS NULL) OVER (PARTITION BY parent ORDER BY n) AS place
      FROM judged j
), verdict AS MATERIALIZED (
    SELECT n, id, user_id, area_id, at, parent, child, parent_id, capacity, child_weight_g, other,
           CASE WHEN refusal = 'elsewhere' THEN other_id END AS other_id,
           child_id IS NULL AS child_is_new,
           COALESCE(child_id,
                    CASE WHEN refusal IS NULL AND child_count + place <= capacity
                         THEN nextval('bag_id_seq') END) AS child_id,
           COALESCE(refusal,
                    CASE WHEN child_count + place <= capacity THEN 'linked' ELSE 'full' END)
               ::scan_verdict AS verdict,
           LEAST(child_count + place, capacity) AS held,
           status IS NOT DISTINCT FROM 'completed' OR child_count + place >= capacity AS closed
      FROM placed
), packed AS MATERIALIZED (
    -- What each parent is after the batch.
    SELECT p.code, p.id, p.is_new, p.family_id, p.area_id, p.user_id, p.bill_id, p.capacity,
           p.child_weight_g,
           p.status AS old_status,
           v.gain,
           p.child_count + v.gain AS new_count,
           p.weight_g + v.gain * p.child_weight_g AS new_weight_g,
           v.changed_by,
           CASE WHEN p.child_count + v.gain = 0 THEN 'pending'
                WHEN p.status = 'completed' OR p.child_count + v.gain = p.capacity THEN 'completed'
                ELSE 'in_progress' END::bag_status AS new_status
      FROM parent p
      JOIN (SELECT parent,
                   count(*) FILTER (WHERE verdict = 'linked') AS gain,
                   max(user_id) FILTER (WHERE verdict = 'linked') AS changed_by
              FROM verdict
             GROUP BY parent) v ON v.parent = p.code
     WHERE p.id IS NOT NULL
       AND p.kind IS DISTINCT FROM 'child'
), new_parent AS (
    INSERT INTO bag (org_id, id, kind, code, family_id, capacity, child_count, weight_g, expected_g,
                     status, area_id, created_by, changed_by)
    SELECT $1, id, 'parent', code, family_id, capacity, new_count, new_weight_g,
           capacity * child_weight_g, new_status, area_id, user_id, user_id
      FROM packed
     WHERE is_new
     ORDER BY code
        ON CONFLICT (org_id, code) DO NOTHING
    RETURNING id
), new_child AS (
    INSERT INTO bag (org_id, id, kind, code, parent_id, weight_g, area_id, created_by, changed_by,
                     changed_at)
    -- A microsecond each: who was scanned later is the later one, whatever its code.
    SELECT $1, child_id, 'child', child, parent_id, child_weight_g, area_id, user_id, user_id,
           now() + n * interval '1 microsecond'
      FROM verdict
     WHERE verdict = 'linked'
       AND child_is_new
     ORDER BY child
        ON CONFLICT (org_id, code) DO NOTHING
    RETURNING id
), old_child AS (
    UPDATE bag b
       SET parent_id = v.parent_id, weight_g = v.child_weight_g,
           area_id = COALESCE(b.area_id, v.area_id),
           changed_by = v.user_id, changed_at = now() + v.n * interval '1 microsecond'
      FROM verdict v
     WHERE b.org_id = $1
       AND b.id = ANY (ARRAY(SELECT child_id FROM verdict
                              WHERE verdict = 'linked' AND NOT child_is_new))
       AND b.id = v.child_id
       AND v.verdict = 'linked'
       AND NOT v.child_is_new
), old_parent AS (
    -- From the locked row, not from b: an UPDATE first meets the version of its snapshot, and with a
    -- stale count that one could break a CHECK before the newest version is looked at.
    UPDATE bag b
       SET child_count = p.new_count,
           weight_g = p.new_weight_g,
           status = p.new_status,
           area_id = p.area_id,
           changed_by = p.changed_by, changed_at = now()
      FROM packed p
     WHERE b.org_id = $1
       AND b.id = ANY (ARRAY(SELECT id FROM packed WHERE gain > 0 AND NOT is_new))
       AND b.id = p.id
), billed AS (
    UPDATE bill b
       SET children = b.children + g.children, weight_g = b.weight_g + g.weight_g,
           updated_at = now()
      FROM (SELECT bill_id, sum(gain) AS children, sum(gain * child_weight_g) AS weight_g
              FROM packed
             WHERE gain > 0
               AND bill_id IS NOT NULL
             GROUP BY bill_id) g
     WHERE b.org_id = $1
       AND b.id = g.bill_id
), logged AS (
    INSERT INTO scan (org_id, id, at, parent_id, child_id, other_id, user_id, kind, verdict, held,
                      capacity, closed, note)
    SELECT $1, id, COALESCE(LEAST(to_timestamp(at / 1e6), now()), now()), parent_id, child_id, other_id, user_id, 'link', verdict,
           held, capacity, closed,
           CASE WHEN parent_id IS NULL OR child_id IS NULL THEN parent || ' ' || child END
      FROM verdict
), moment AS (
    SELECT o.time_zone, now() AT TIME ZONE o.time_zone AS local FROM org o WHERE o.org_id = $1
), gain AS MATERIALIZED (
    SELECT (SELECT count(*) FROM verdict) AS scans,
           (SELECT count(*) FROM verdict WHERE verdict = 'linked') AS linked,
           (SELECT count(*) FROM verdict WHERE verdict = 'linked' AND child_is_new) AS children,
           count(*) FILTER (WHERE is_new) AS parents,
           count(*) FILTER (WHERE new_status = 'in_progress')
               - count(*) FILTER (WHERE old_status = 'in_progress') AS in_progress,
           count(*) FILTER (WHERE new_status = 'completed')
               - count(*) FILTER (WHERE old_status = 'completed') AS completed
      FROM packed
), counted AS (
    INSERT INTO counter AS c (org_id, slot, scans, linked, children, parents, in_progress, completed)
    SELECT $1, $2::integer, scans, linked, children, parents, in_progress, completed
      FROM gain
     WHERE scans > 0
        ON CONFLICT (org_id, slot) DO UPDATE
       SET scans = c.scans + EXCLUDED.scans,
           linked = c.linked + EXCLUDED.linked,
           children = c.children + EXCLUDED.children,
           parents = c.parents + EXCLUDED.parents,
           in_progress = c.in_progress + EXCLUDED.in_progress,
           completed = c.completed + EXCLUDED.completed
), hours AS (
    -- A scan belongs to the hour in which it was made; a parent is completed now.
    SELECT t.local::date AS day, extract(hour FROM t.local)::integer AS hour, count(*) AS scans,
           count(*) FILTER (WHERE v.verdict = 'linked') AS linked,
           count(*) FILTER (WHERE t.local::date < m.local::date) AS late, 0 AS completed
      FROM verdict v
     CROSS JOIN moment m
     CROSS JOIN LATERAL (SELECT COALESCE(LEAST(to_timestamp(v.at / 1e6), now()), now())
                                    AT TIME ZONE m.time_zone AS local) t
     GROUP BY t.local::date, extract(hour FROM t.local)
     UNION ALL
    SELECT m.local::date, extract(hour FROM m.local)::integer, 0, 0, 0, g.completed
      FROM gain g
     CROSS JOIN moment m
     WHERE g.completed <> 0
), counted_hour AS (
    INSERT INTO counter_hour AS c (org_id, day, hour, slot, scans, linked, late, parents_completed)
    SELECT $1, day, hour, $2::integer, sum(scans), sum(linked), sum(late), sum(completed)
      FROM hours
     GROUP BY day, hour
     ORDER BY day, hour
        ON CONFLICT (org_id, day, hour, slot) DO UPDATE
       SET scans = c.scans + EXCLUDED.scans,
           linked = c.linked + EXCLUDED.linked,
           late = c.late + EXCLUDED.late,
           parents_completed = c.parents_completed + EXCLUDED.parents_completed
)
SELECT verdict, parent, child, other,
       COALESCE(held, 0) AS held, COALESCE(capacity, 0) AS capacity, COALESCE(closed, false) AS closed
  FROM verdict
 WHERE ((SELECT count(*) FROM new_parent) = (SELECT count(*) FROM packed WHERE is_new)
        OR again('a new parent'))
   AND ((SELECT count(*) FROM new_child)
        = (SELECT count(*) FROM verdict WHERE verdict = 'linked' AND child_is_new)
        OR again('a new child'))
 ORDER BY n;

-- packing_link_known(ids uuid[], user_ids bigint[], parents text[], children text[])
-- The first answers to scans that we have, each with the place of its id in `ids`, from 1; and whether the id was
-- another scan's: of another kind, person, parent or child. A code that is gone can't be compared.
SELECT s.n, k.verdict, p.code AS parent, c.code AS child,
       (SELECT b.code FROM bag b WHERE b.org_id = $1 AND b.id = k.other_id) AS other,
       COALESCE(k.held, 0) AS held, COALESCE(k.capacity, 0) AS capacity,
       COALESCE(k.closed, false) AS closed,
       k.kind <> 'link' OR k.user_id <> s.user_id
           OR CASE WHEN k.parent_id IS NULL OR k.child_id IS NULL
                   THEN k.note IS DISTINCT FROM s.parent || ' ' || s.child
                   ELSE p.code <> s.parent OR c.code <> s.child END AS reused
  FROM unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[])
       WITH ORDINALITY AS s (id, user_id, parent, child, n)
 CROSS JOIN LATERAL (SELECT * FROM scan k WHERE k.org_id = $1 AND k.id = s.id LIMIT 1) k
  LEFT JOIN LATERAL (SELECT b.code FROM bag b
                      WHERE b.org_id = $1 AND b.id = k.parent_id LIMIT 1) p ON true
  LEFT JOIN LATERAL (SELECT b.code FROM bag b
                      WHERE b.org_id = $1 AND b.id = k.child_id LIMIT 1) c ON true
 ORDER BY s.n;

-- packing_parent_lock(code text, area_id bigint)
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
-- The child that this person put into the parent last, if nobody has touched it since, and whether
-- that is at most an hour ago.
SELECT c.code, c.changed_at >= now() - interval '1 hour' AS recent
  FROM bag c
 WHERE c.org_id = $1
   AND c.parent_id = $2
   AND c.changed_by = $3::bigint
 ORDER BY c.changed_at DESC, c.id DESC
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
                      closed, note)
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
    INSERT INTO scan (org_id, id, at, parent_id, user_id, kind, verdict, held, capacity, closed, note)
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
SELECT COALESCE(s.note = 'created', false) AS created,
       s.kind <> 'parent' OR s.user_id <> $4
           OR (SELECT b.code FROM bag b WHERE b.org_id = $1 AND b.id = s.parent_id) <> $3 AS reused
  FROM scan s
 WHERE s.org_id = $1
   AND s.id = $2::uuid;

-- packing_bag(code text)
-- The bag that has a code already, held until the end of the transaction.
SELECT b.id, b.kind, b.area_id
  FROM bag b
 WHERE b.org_id = $1
   AND b.code = $2
   FOR NO KEY UPDATE;

-- packing_family(code text)
SELECT family_id, capacity, child_weight_g FROM bag_family_of($1, $2);

-- packing_create_parent(slot integer, code text, family_id integer, capacity smallint,
--     child_weight_g integer, area_id bigint, user_id bigint)
WITH made AS (
    INSERT INTO bag (org_id, kind, code, family_id, capacity, expected_g, status, area_id,
                     created_by, changed_by)
    VALUES ($1, 'parent', $3, $4::integer, $5::smallint, $5::integer * $6::integer, 'pending',
            $7::bigint, $8::bigint, $8::bigint)
        ON CONFLICT (org_id, code) DO NOTHING
    RETURNING id
), counted AS (
    INSERT INTO counter AS c (org_id, slot, parents)
    SELECT $1, $2::integer, 1 FROM made
        ON CONFLICT (org_id, slot) DO UPDATE SET parents = c.parents + EXCLUDED.parents
)
SELECT id FROM made;

-- packing_create_child(slot integer, code text, area_id bigint, user_id bigint)
WITH made AS (
    INSERT INTO bag (org_id, kind, code, area_id, created_by, changed_by)
    VALUES ($1, 'child', $3, $4::bigint, $5::bigint, $5::bigint)
        ON CONFLICT (org_id, code) DO NOTHING
    RETURNING id
), counted AS (
    INSERT INTO counter AS c (org_id, slot, children)
    SELECT $1, $2::integer, 1 FROM made
        ON CONFLICT (org_id, slot) DO UPDATE SET children = c.children + EXCLUDED.children
)
SELECT id FROM made;

-- packing_log_parent(slot integer, scan_id uuid, parent_id bigint, user_id bigint, created boolean)
WITH logged AS (
    INSERT INTO scan (org_id, id, at, parent_id, user_id, kind, verdict, held, capacity, closed, note)
    SELECT $1, $3::uuid, now(), b.id, $5::bigint, 'parent', 'done', b.child_count, b.capacity,
           b.status = 'completed', CASE WHEN $6::boolean THEN 'created' END
      FROM bag b
     WHERE b.org_id = $1
       AND b.id = $4
), moment AS (
    SELECT now() AT TIME ZONE o.time_zone AS local FROM org o WHERE o.org_id = $1
), counted AS (
    INSERT INTO counter AS c (org_id, slot, scans)
    VALUES ($1, $2::integer, 1)
        ON CONFLICT (org_id, slot) DO UPDATE SET scans = c.scans + EXCLUDED.scans
)
INSERT INTO counter_hour AS c (org_id, day, hour, slot, scans)
SELECT $1, local::date, extract(hour FROM local)::integer, $2::integer, 1
  FROM moment
    ON CONFLICT (org_id, day, hour, slot) DO UPDATE SET scans = c.scans + EXCLUDED.scans;

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
