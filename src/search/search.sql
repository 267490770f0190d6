-- search_exact(code text, area_id id, bills boolean)
-- The bag or bill with exactly this code.
SELECT b.kind::text AS type, b.code,
       CASE WHEN b.kind = 'parent' THEN b.child_count || ' of ' || b.capacity
            ELSE COALESCE('in ' || (SELECT p.code FROM bag p
                                     WHERE p.org_id = $1 AND p.id = b.parent_id), 'free')
       END AS detail
  FROM bag b
 WHERE b.org_id = $1
   AND b.code = $2
   AND ($3::bigint IS NULL OR b.area_id IS NULL OR b.area_id = $3::bigint)
   AND ($3::bigint IS NULL OR NOT EXISTS (SELECT
                                            FROM bag p
                                           WHERE p.org_id = $1
                                             AND p.id = b.parent_id
                                             AND p.area_id <> $3::bigint))
 UNION ALL
SELECT 'bill', l.code, l.linked || ' of ' || l.capacity
  FROM bill l
 WHERE l.org_id = $1
   AND l.code = $2
   AND $4::boolean;

-- search_prefix(code text, code_end text, area_id id, limit bigint, bills boolean)
-- Bags and bills whose code starts with the text.
(SELECT b.kind::text AS type, b.code,
        CASE WHEN b.kind = 'parent' THEN b.child_count || ' of ' || b.capacity
             ELSE COALESCE('in ' || (SELECT p.code FROM bag p
                                      WHERE p.org_id = $1 AND p.id = b.parent_id), 'free')
        END AS detail
   FROM bag b
   WHERE b.org_id = $1
    AND b.code > $2
    AND b.code < $3
    AND ($4::bigint IS NULL OR b.area_id IS NULL OR b.area_id = $4::bigint)
    AND ($4::bigint IS NULL OR NOT EXISTS (SELECT
                                             FROM bag p
                                            WHERE p.org_id = $1
                                              AND p.id = b.parent_id
                                              AND p.area_id <> $4::bigint))
  ORDER BY b.code
  LIMIT $5::bigint)
 UNION ALL
(SELECT 'bill', l.code, l.linked || ' of ' || l.capacity
   FROM bill l
  WHERE l.org_id = $1
    AND l.code > $2
    AND l.code < $3
    AND $6::boolean
  ORDER BY l.code
  LIMIT $5::bigint);

-- search_within(code text, code_end text, area_id id, limit bigint, bills boolean)
-- Parents and bills with the text further inside their code or description. There are too many children to
-- search them this way.
(SELECT b.kind::text AS type, b.code, b.child_count || ' of ' || b.capacity AS detail
   FROM bag b
  WHERE b.org_id = $1
    AND b.kind = 'parent'
    AND strpos(b.code, $2) > 1
    AND (b.code < $2 OR b.code >= $3)
    AND ($4::bigint IS NULL OR b.area_id IS NULL OR b.area_id = $4::bigint)
  ORDER BY b.id DESC
  LIMIT $5::bigint)
 UNION ALL
(SELECT 'bill', l.code, l.linked || ' of ' || l.capacity
   FROM bill l
  WHERE l.org_id = $1
    AND (strpos(l.code, $2) > 1 OR strpos(l.description_key, $2) > 0)
    AND (l.code < $2 OR l.code >= $3)
    AND $6::boolean
  ORDER BY l.id DESC
  LIMIT $5::bigint);
