-- bag_lookup(codes text[], area_ids bigint[])
-- The bag of each code with everything that is shown of it, in the order of the codes; n counts
-- from 1. A bag of another area than the person's is not found.
SELECT s.n, b.code AS qr, b.kind, f.name AS family, b.status, a.name AS area,
       CASE WHEN b.kind = 'parent' THEN b.child_count END AS child_count, b.capacity,
       b.weight_g AS weight_kg, b.expected_g AS expected_weight_kg,
       (SELECT p.code FROM bag p WHERE p.org_id = $1 AND p.id = b.parent_id) AS parent,
       (SELECT l.code FROM bill l WHERE l.org_id = $1 AND l.id = b.bill_id) AS bill, b.created_at, u.username AS created_by,
       b.changed_at AS updated_at,
       CASE WHEN b.child_count > 0 THEN
           (SELECT '["' || string_agg(c.code, '","' ORDER BY c.changed_at, c.id) || '"]'
              FROM bag c
             WHERE c.org_id = $1
               AND c.parent_id = b.id)
       ELSE '[]' END AS children
  FROM unnest($2::text[], $3::bigint[]) WITH ORDINALITY AS s (code, area_id, n)
  JOIN bag b ON b.org_id = $1
            AND b.code = ANY ($2::text[])
            AND b.code = s.code
            AND (s.area_id IS NULL OR b.area_id IS NULL OR b.area_id = s.area_id)
  LEFT JOIN bag_family f ON f.org_id = $1 AND f.id = b.family_id
  LEFT JOIN area a ON a.org_id = $1 AND a.id = b.area_id
  LEFT JOIN users u ON u.org_id = $1 AND u.id = b.created_by
 ORDER BY s.n;

-- bag_list(cursor bigint, limit bigint, area_id bigint, kind bag_kind, family text,
--     status bag_status, area text, linked boolean, billed boolean, username text, from date,
--     to date)
-- Newest first. `linked` means in a parent, or with children in it.
SELECT b.id::text AS cursor, b.code AS qr, b.kind, f.name AS family, b.status, a.name AS area,
       CASE WHEN b.kind = 'parent' THEN b.child_count END AS child_count, b.capacity,
       b.weight_g AS weight_kg,
       (SELECT p.code FROM bag p WHERE p.org_id = $1 AND p.id = b.parent_id) AS parent,
       (SELECT l.code FROM bill l WHERE l.org_id = $1 AND l.id = b.bill_id) AS bill, b.created_at,
       u.username AS created_by
  FROM bag b
  JOIN org o ON o.org_id = $1
  LEFT JOIN bag_family f ON f.org_id = $1 AND f.id = b.family_id
  LEFT JOIN area a ON a.org_id = $1 AND a.id = b.area_id
  LEFT JOIN users u ON u.org_id = $1 AND u.id = b.created_by
 WHERE b.org_id = $1
   AND b.id < COALESCE($2::bigint, 9223372036854775807)
   AND ($4::bigint IS NULL OR b.area_id IS NULL OR b.area_id = $4::bigint)
   AND ($5::bag_kind IS NULL OR b.kind = $5::bag_kind)
   AND ($6::text IS NULL OR f.name = $6::text)
   AND ($7::bag_status IS NULL OR b.status = $7::bag_status)
   AND ($8::text IS NULL OR a.name = $8::text)
   AND ($9::boolean IS NULL OR (b.parent_id IS NOT NULL OR b.child_count > 0) = $9::boolean)
   AND ($10::boolean IS NULL OR (b.bill_id IS NOT NULL) = $10::boolean)
   AND ($11::text IS NULL OR lower(u.username) = lower($11::text))
   AND ($12::date IS NULL OR b.created_at >= $12::date::timestamp AT TIME ZONE o.time_zone)
   AND ($13::date IS NULL OR b.created_at < ($13::date + 1)::timestamp AT TIME ZONE o.time_zone)
 ORDER BY b.id DESC
 LIMIT $3::bigint;

-- bag_list_parents(cursor bigint, limit bigint, area_id bigint, family text, status bag_status,
--     area text, linked boolean, billed boolean, username text, from date, to date)
-- The same for parents only. They are one bag in thirty, so they have an index of their own.
SELECT b.id::text AS cursor, b.code AS qr, b.kind, f.name AS family, b.status, a.name AS area,
       b.child_count, b.capacity, b.weight_g AS weight_kg, NULL::text AS parent,
       (SELECT l.code FROM bill l WHERE l.org_id = $1 AND l.id = b.bill_id) AS bill,
       b.created_at, u.username AS created_by
  FROM bag b
  JOIN org o ON o.org_id = $1
  LEFT JOIN bag_family f ON f.org_id = $1 AND f.id = b.family_id
  LEFT JOIN area a ON a.org_id = $1 AND a.id = b.area_id
  LEFT JOIN users u ON u.org_id = $1 AND u.id = b.created_by
 WHERE b.org_id = $1
   AND b.kind = 'parent'
   AND b.id < COALESCE($2::bigint, 9223372036854775807)
   AND ($4::bigint IS NULL OR b.area_id IS NULL OR b.area_id = $4::bigint)
   AND ($5::text IS NULL OR f.name = $5::text)
   AND ($6::bag_status IS NULL OR b.status = $6::bag_status)
   AND ($7::text IS NULL OR a.name = $7::text)
   AND ($8::boolean IS NULL OR (b.child_count > 0) = $8::boolean)
   AND ($9::boolean IS NULL OR (b.bill_id IS NOT NULL) = $9::boolean)
   AND ($10::text IS NULL OR lower(u.username) = lower($10::text))
   AND ($11::date IS NULL OR b.created_at >= $11::date::timestamp AT TIME ZONE o.time_zone)
   AND ($12::date IS NULL OR b.created_at < ($12::date + 1)::timestamp AT TIME ZONE o.time_zone)
 ORDER BY b.id DESC
 LIMIT $3::bigint;

-- bag_list_prefix(cursor text, limit bigint, area_id id, kind bag_kind, prefix text,
--     prefix_end text)
-- Bags whose code starts with the prefix, in the order of their codes.
SELECT b.code AS cursor, b.code AS qr, b.kind, f.name AS family, b.status, a.name AS area,
       CASE WHEN b.kind = 'parent' THEN b.child_count END AS child_count, b.capacity,
       b.weight_g AS weight_kg,
       (SELECT p.code FROM bag p WHERE p.org_id = $1 AND p.id = b.parent_id) AS parent,
       (SELECT l.code FROM bill l WHERE l.org_id = $1 AND l.id = b.bill_id) AS bill, b.created_at,
       u.username AS created_by
  FROM bag b
  LEFT JOIN bag_family f ON f.org_id = $1 AND f.id = b.family_id
  LEFT JOIN area a ON a.org_id = $1 AND a.id = b.area_id
  LEFT JOIN users u ON u.org_id = $1 AND u.id = b.created_by
 WHERE b.org_id = $1
   AND b.code >= $6
   AND b.code < $7
   AND b.code > COALESCE($2::text, '')
   AND ($4::bigint IS NULL OR b.area_id IS NULL OR b.area_id = $4::bigint)
   AND ($5::bag_kind IS NULL OR b.kind = $5::bag_kind)
 ORDER BY b.code
 LIMIT $3::bigint;

-- bag_history(code text, area_id id, before text, limit bigint)
-- The history of one bag, newest first; `before` is the cursor "time id".
SELECT to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || ' ' || s.id AS cursor,
       s.id, s.at, s.kind, s.verdict, u.username AS user,
       (SELECT p.code FROM bag p WHERE p.org_id = $1 AND p.id = s.parent_id) AS parent,
       (SELECT c.code FROM bag c WHERE c.org_id = $1 AND c.id = s.child_id) AS child,
       (SELECT l.code FROM bill l WHERE l.org_id = $1 AND l.id = s.bill_id) AS bill,
       s.note AS reason
  FROM bag b
  CROSS JOIN LATERAL (
      (SELECT * FROM scan k
        WHERE k.org_id = $1
          AND k.parent_id = b.id
          AND k.at <= COALESCE(left($4, 26)::timestamp AT TIME ZONE 'UTC', 'infinity')
          AND ($4::text IS NULL
               OR (k.at, k.id) < (left($4, 26)::timestamp AT TIME ZONE 'UTC', substr($4, 28)::uuid))
        ORDER BY k.at DESC, k.id DESC
        LIMIT $5::bigint)
       UNION ALL
      (SELECT * FROM scan k
        WHERE k.org_id = $1
          AND k.child_id = b.id
          AND k.at <= COALESCE(left($4, 26)::timestamp AT TIME ZONE 'UTC', 'infinity')
          AND ($4::text IS NULL
               OR (k.at, k.id) < (left($4, 26)::timestamp AT TIME ZONE 'UTC', substr($4, 28)::uuid))
        ORDER BY k.at DESC, k.id DESC
        LIMIT $5::bigint)) s
  LEFT JOIN users u ON u.org_id = $1 AND u.id = s.user_id
 WHERE b.org_id = $1
   AND b.code = $2
   AND ($3::bigint IS NULL OR b.area_id IS NULL OR b.area_id = $3::bigint)
 ORDER BY s.at DESC, s.id DESC
 LIMIT $5::bigint;

-- scan_list(before text, limit bigint, area_id id, username text, kind scan_kind, from date,
--     to date)
SELECT to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || ' ' || s.id AS cursor,
       s.id, s.at, s.kind, s.verdict, u.username AS user,
       (SELECT p.code FROM bag p WHERE p.org_id = $1 AND p.id = s.parent_id) AS parent,
       (SELECT c.code FROM bag c WHERE c.org_id = $1 AND c.id = s.child_id) AS child,
       (SELECT l.code FROM bill l WHERE l.org_id = $1 AND l.id = s.bill_id) AS bill,
       s.note AS reason
  FROM scan s
  JOIN org o ON o.org_id = $1
  LEFT JOIN users u ON u.org_id = $1 AND u.id = s.user_id
 WHERE s.org_id = $1
   AND s.at <= COALESCE(left($2, 26)::timestamp AT TIME ZONE 'UTC', 'infinity')
   AND ($2::text IS NULL
        OR (s.at, s.id) < (left($2, 26)::timestamp AT TIME ZONE 'UTC', substr($2, 28)::uuid))
   AND ($4::bigint IS NULL
        OR COALESCE((SELECT p.area_id FROM bag p WHERE p.org_id = $1 AND p.id = s.parent_id),
                    $4::bigint) = $4::bigint)
   AND ($5::text IS NULL OR lower(u.username) = lower($5::text))
   AND ($6::scan_kind IS NULL OR s.kind = $6::scan_kind)
   AND ($7::date IS NULL OR s.at >= $7::date::timestamp AT TIME ZONE o.time_zone)
   AND ($8::date IS NULL OR s.at < ($8::date + 1)::timestamp AT TIME ZONE o.time_zone)
 ORDER BY s.at DESC, s.id DESC
 LIMIT $3::bigint;
