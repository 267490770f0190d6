-- part search_bag
-- A bag b as it is found: how full a parent is, where a child is.
b.kind::text AS type, b.code,
       CASE WHEN b.kind = 'parent' THEN b.child_count || ' of ' || b.capacity
            ELSE COALESCE('in ' || (SELECT p.code FROM bag p
                                     WHERE p.org_id = $1 AND p.id = b.parent_id), 'free')
       END AS detail, NULL::bigint AS id;

-- part search_may_see
-- Of another area's bags, and of bags in their parents, nothing is told.
(:area_id::bigint IS NULL OR b.area_id IS NULL OR b.area_id = :area_id::bigint)
   AND (:area_id::bigint IS NULL OR NOT EXISTS (SELECT
                                                  FROM bag p
                                                 WHERE p.org_id = $1
                                                   AND p.id = b.parent_id
                                                   AND p.area_id <> :area_id::bigint));

-- search_exact(code text, area_id id, bills boolean, people boolean)
-- What has exactly this code or name.
SELECT @search_bag
  FROM bag b
 WHERE b.org_id = $1
   AND b.code = :code
   AND @search_may_see
 UNION ALL
SELECT 'bill', l.code, l.linked || ' of ' || l.capacity, NULL
  FROM bill l
 WHERE l.org_id = $1
   AND l.code = :code
   AND :bills::boolean
 UNION ALL
SELECT 'return', t.code, t.location, NULL
  FROM return_ticket t
 WHERE t.org_id = $1
   AND t.code = :code
   AND :bills::boolean
 UNION ALL
SELECT 'user', u.username, u.role::text, u.id
  FROM users u
 WHERE u.org_id = $1
   AND lower(u.username) = lower(:code)
   AND u.state <> 'deleted'
   AND :people::boolean;

-- search_prefix(code text, code_end text, area_id id, limit bigint, bills boolean)
-- What has a code that starts with the text.
(SELECT @search_bag
   FROM bag b
  WHERE b.org_id = $1
    AND b.code > :code
    AND b.code < :code_end
    AND @search_may_see
  ORDER BY b.code
  LIMIT :limit::bigint)
 UNION ALL
(SELECT 'bill', l.code, l.linked || ' of ' || l.capacity, NULL
   FROM bill l
  WHERE l.org_id = $1
    AND l.code > :code
    AND l.code < :code_end
    AND :bills::boolean
  ORDER BY l.code
  LIMIT :limit::bigint)
 UNION ALL
(SELECT 'return', t.code, t.location, NULL
   FROM return_ticket t
  WHERE t.org_id = $1
    AND t.code > :code
    AND t.code < :code_end
    AND :bills::boolean
  ORDER BY t.code
  LIMIT :limit::bigint);

-- search_within(code text, code_end text, area_id id, limit bigint, bills boolean, people boolean)
-- What has the text further inside: the codes of parents, bills and return tickets, descriptions and
-- locations, and people's names. There are too many children to search them this way.
(SELECT @search_bag
   FROM bag b
  WHERE b.org_id = $1
    AND b.kind = 'parent'
    AND strpos(b.code, :code) > 1
    AND (b.code < :code OR b.code >= :code_end)
    AND @search_may_see
  ORDER BY b.id DESC
  LIMIT :limit::bigint)
 UNION ALL
(SELECT 'bill', l.code, l.linked || ' of ' || l.capacity, NULL
   FROM bill l
  WHERE l.org_id = $1
    AND (strpos(l.code, :code) > 1 OR strpos(l.description_key, :code) > 0)
    AND (l.code < :code OR l.code >= :code_end)
    AND :bills::boolean
  ORDER BY l.id DESC
  LIMIT :limit::bigint)
 UNION ALL
(SELECT 'return', t.code, t.location, NULL
   FROM return_ticket t
  WHERE t.org_id = $1
    AND (strpos(t.code, :code) > 1 OR strpos(t.location_key, :code) > 0)
    AND (t.code < :code OR t.code >= :code_end)
    AND :bills::boolean
  ORDER BY t.id DESC
  LIMIT :limit::bigint)
 UNION ALL
(SELECT 'user', u.username, u.role::text, u.id
   FROM users u
  WHERE u.org_id = $1
    AND strpos(upper(u.username), :code) > 0
    AND upper(u.username) <> :code
    AND u.state <> 'deleted'
    AND :people::boolean
  ORDER BY u.username
  LIMIT :limit::bigint);

-- search_near(codes text[], area_id id, limit bigint, bills boolean)
-- Those of the codes that there are, in their order.
SELECT t.type, t.code, t.detail, t.id
  FROM unnest(:codes::text[]) WITH ORDINALITY AS s (code, n)
 CROSS JOIN LATERAL ((SELECT @search_bag
                        FROM bag b
                       WHERE b.org_id = $1
                         AND b.code = s.code
                         AND @search_may_see
                       LIMIT 1)
                     UNION ALL
                     (SELECT 'bill', l.code, l.linked || ' of ' || l.capacity, NULL
                        FROM bill l
                       WHERE l.org_id = $1
                         AND l.code = s.code
                         AND :bills::boolean
                       LIMIT 1)) t
 ORDER BY s.n
 LIMIT :limit::bigint;
