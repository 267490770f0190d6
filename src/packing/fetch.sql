-- What the judge of packing needs to know (store.h). Each statement meets one table by its whole key, one
-- key after the other: so its plan is right whatever the planner believes of the table's size.

-- packing_earlier(ids uuid[])
-- The scans that have one of these ids already: the first answer stands.
SELECT s.n, k.kind, k.verdict, k.user_id, k.held, k.capacity, k.closed, k.note AS scanned,
       k.parent_id IS NOT NULL AS parent_known, k.child_id IS NOT NULL AS child_known,
       (SELECT b.code FROM bag b WHERE b.org_id = $1 AND b.id = k.parent_id) AS parent,
       (SELECT b.code FROM bag b WHERE b.org_id = $1 AND b.id = k.child_id) AS child,
       (SELECT b.code FROM bag b WHERE b.org_id = $1 AND b.id = k.other_id) AS other
  FROM unnest($2::uuid[]) WITH ORDINALITY AS s (id, n)
 CROSS JOIN LATERAL (SELECT * FROM scan k WHERE k.org_id = $1 AND k.id = s.id LIMIT 1) k;

-- packing_bags(codes text[])
-- The bags with these codes, each locked as it is found. The codes come in the order of their bytes, and
-- so do those of every other batch, of whatever server: two batches can't wait for each other.
SELECT s.n, b.*
  FROM unnest($2::text[]) WITH ORDINALITY AS s (code, n)
 CROSS JOIN LATERAL (SELECT b.id, b.kind, b.status, b.parent_id, b.area_id, b.bill_id,
                            b.family_id, b.child_count, b.capacity, b.weight_g
                       FROM bag b
                      WHERE b.org_id = $1
                        AND b.code = s.code
                      LIMIT 1
                        FOR NO KEY UPDATE) b;

-- packing_families()
SELECT id, name, prefix, pattern, capacity, child_weight_g AS child_weight_kg
  FROM bag_family
 WHERE org_id = $1
 ORDER BY id
 LIMIT 100;

-- packing_ids(count integer)
-- Ids for as many new bags. Drawn before anybody knows how many are new: a number costs nothing.
SELECT nextval('bag_id_seq') AS id FROM generate_series(1, $2::integer) WHERE $1::bigint > 0;

-- packing_others(ids bigint[])
-- Parents that children are in already. A child that is locked keeps its parent, so they are all there.
SELECT b.id, b.code, b.area_id
  FROM unnest($2::bigint[]) AS s (id)
 CROSS JOIN LATERAL (SELECT * FROM bag b WHERE b.org_id = $1 AND b.id = s.id LIMIT 1) b;

-- packing_bills(ids bigint[])
-- The bills that parents are on, locked in the order of their ids, in which they come.
SELECT l.id, l.status = 'completed' AS closed
  FROM unnest($2::bigint[]) AS s (id)
 CROSS JOIN LATERAL (SELECT l.id, l.status
                       FROM bill l
                      WHERE l.org_id = $1
                        AND l.id = s.id
                      LIMIT 1
                        FOR NO KEY UPDATE) l;
