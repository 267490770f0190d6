-- bill_bags(bill_id bigint, before_us bigint, before_id bigint, count bigint)
-- The bags of a bill, the one linked last first. Packing also touches a bag, so when it was linked
-- is told by the scan that did it; an import leaves none, and then the bag's last change must do.
-- A bill has 500 bags at most.
WITH put AS MATERIALIZED (
    SELECT DISTINCT ON (k.parent_id) k.parent_id, k.at, k.user_id
      FROM scan k
     WHERE k.org_id = $1
       AND k.bill_id = $2
       AND (k.kind, k.verdict) IN (('bill', 'linked'), ('unreturn', 'done'))
     ORDER BY k.parent_id, k.at DESC
), linked AS MATERIALIZED (
    SELECT b.id, b.code, b.family_id, b.child_count, b.capacity, b.weight_g, b.expected_g, b.status,
           COALESCE(p.at, b.changed_at) AS at,
           CASE WHEN p.at IS NULL THEN b.changed_by ELSE p.user_id END AS user_id
      FROM bag b
      LEFT JOIN put p ON p.parent_id = b.id
     WHERE b.org_id = $1
       AND b.bill_id = $2
     LIMIT 500
)
SELECT (extract(epoch FROM l.at) * 1000000)::bigint AS us, l.id,
       l.code AS qr,
       (SELECT f.name FROM bag_family f WHERE f.org_id = $1 AND f.id = l.family_id) AS family,
       l.child_count, l.capacity, l.weight_g AS weight_kg,
       l.expected_g AS expected_weight_kg, l.status, l.at AS linked_at,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = l.user_id) AS linked_by
  FROM linked l
 WHERE (l.at, l.id)
       < (COALESCE('epoch'::timestamptz + $3::bigint * interval '1 microsecond', 'infinity'),
          COALESCE($4::bigint, 0))
 ORDER BY l.at DESC, l.id DESC
 LIMIT $5::bigint;

-- bill_bag_remove(slot integer, bill_id bigint, code text, scan_id uuid, user_id id)
-- Take a bag off its bill: it is free, and a completed bill is open again. No row when it isn't on it.
WITH locked AS MATERIALIZED (
    SELECT b.id, b.child_count, b.weight_g, b.expected_g
      FROM bag b
     WHERE b.org_id = $1
       AND b.code = $4
       AND b.bill_id = $3
       FOR NO KEY UPDATE
), old AS MATERIALIZED (
    SELECT l.id, l.status, l.linked, l.capacity, l.children, l.weight_g, l.expected_g
      FROM bill l
     WHERE l.org_id = $1
       AND l.id = $3
       AND (SELECT count(*) FROM locked) > 0
       FOR NO KEY UPDATE
), freed AS (
    UPDATE bag b
       SET bill_id = NULL, changed_by = $6::bigint, changed_at = now()
     WHERE b.org_id = $1
       AND b.id = ANY (ARRAY(SELECT id FROM locked))
), billed AS (
    -- All columns that a CHECK compares, and from the locked row: see "Writing many at once" in docs/DATA.md.
    UPDATE bill l
       SET linked = o.linked - 1, capacity = o.capacity, children = o.children - k.child_count,
           weight_g = o.weight_g - k.weight_g, expected_g = o.expected_g - k.expected_g,
           status = CASE WHEN o.linked = 1 THEN 'new' ELSE 'processing' END::bill_status,
           returned = 0, short_reason = NULL, updated_at = now()
      FROM locked k, old o
     WHERE l.org_id = $1
       AND l.id = $3
), logged AS (
    INSERT INTO scan (org_id, id, at, parent_id, bill_id, user_id, kind, verdict, held, capacity,
                      closed)
    SELECT $1, $5::uuid, now(), k.id, o.id, $6::bigint, 'unbill', 'done', o.linked - 1, o.capacity,
           false
      FROM locked k, old o
), counted AS (
    INSERT INTO counter AS c (org_id, slot, bills_done)
    SELECT $1, $2::integer, -1
      FROM old
     WHERE status = 'completed'
        ON CONFLICT (org_id, slot) DO UPDATE SET bills_done = c.bills_done + EXCLUDED.bills_done
)
SELECT o.status, o.linked FROM old o;

-- bill_events(bill_id bigint, before_us bigint, before_note bigint, before_scan uuid, count bigint)
-- What happened to a bill, newest first: notes of the audit log, and scans. Of one moment the notes
-- come first. Taking a bag off leaves both, and is told once. A refused scan may name no bag of ours.
SELECT (extract(epoch FROM e.at) * 1000000)::bigint AS us, COALESCE(e.note_id, 0) AS note,
       COALESCE(e.scan_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff') AS scan,
       e.id, e.at, e.action,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = e.user_id) AS user,
       e.reason,
       COALESCE((SELECT b.code FROM bag b WHERE b.org_id = $1 AND b.id = e.bag_id), e.scanned) AS bag,
       e.verdict, e.before, e.after
  FROM (
      (SELECT 1 AS source, a.at, a.id AS note_id, NULL::uuid AS scan_id, a.id::text AS id, a.action,
              a.user_id, a.reason, NULL AS scanned, NULL::bigint AS bag_id, NULL::scan_verdict AS verdict,
              a.before, a.after
         FROM audit_log a
        WHERE a.org_id = $1
          AND a.entity = 'bill'
          AND a.entity_id = $2
          AND a.action <> 'bill.remove_bag'
          AND (a.at, a.id)
              < (COALESCE('epoch'::timestamptz + $3::bigint * interval '1 microsecond', 'infinity'),
                 COALESCE($4::bigint, 0))
        ORDER BY a.at DESC, a.id DESC
        LIMIT $6::bigint)
      UNION ALL
      (SELECT 0, k.at, NULL, k.id, k.id::text,
              CASE WHEN k.verdict NOT IN ('linked', 'done') THEN 'bill.refuse'
                   WHEN k.kind = 'bill' THEN 'bill.add_bag'
                   WHEN k.kind = 'unbill' THEN 'bill.remove_bag'
                   ELSE 'bill.' || k.kind
              END,
              k.user_id, k.reason, k.scanned, COALESCE(k.parent_id, k.child_id), k.verdict,
              k.figures -> 'before',
              jsonb_build_object('linked', k.held, 'capacity', k.capacity,
                                 'status', CASE WHEN k.closed THEN 'completed'
                                                WHEN k.held = 0 THEN 'new'
                                                ELSE 'processing' END)
         FROM scan k
        WHERE k.org_id = $1
          AND k.bill_id = $2
          AND (k.at, k.id)
              < (COALESCE('epoch'::timestamptz + $3::bigint * interval '1 microsecond', 'infinity'),
                 COALESCE($5::uuid, '00000000-0000-0000-0000-000000000000'))
        ORDER BY k.at DESC, k.id DESC
        LIMIT $6::bigint)
  ) e
 ORDER BY e.at DESC, e.source DESC, e.note_id DESC, e.scan_id DESC
 LIMIT $6::bigint;
