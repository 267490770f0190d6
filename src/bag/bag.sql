-- bag_lookup(codes text[], area_ids bigint[])
-- The bag of each code with everything that is shown of it, in the order of the codes; n counts
-- from 1. A bag of another area than the person's, or in a parent of one, is not found.
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
            AND (s.area_id IS NULL OR NOT EXISTS (SELECT
                                                    FROM bag p
                                                   WHERE p.org_id = $1
                                                     AND p.id = b.parent_id
                                                     AND p.area_id <> s.area_id))
  LEFT JOIN bag_family f ON f.org_id = $1 AND f.id = b.family_id
  LEFT JOIN area a ON a.org_id = $1 AND a.id = b.area_id
  LEFT JOIN users u ON u.org_id = $1 AND u.id = b.created_by
 ORDER BY s.n;
