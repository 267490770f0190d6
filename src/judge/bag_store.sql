-- Bags for a judge (bag_store.h). Each statement meets a table by its whole key, one key after the other: so
-- its plan is right whatever the planner believes of the table's size. What is written doesn't decide anything:
-- what doesn't fit what is stored ends in an error, before the COMMIT that may be on its way already.

-- bag_store_lock(codes text[])
-- The bags with these codes, each locked as it is found. The codes come in the order of their bytes, and
-- so do those of every other batch, of whatever server: two batches can't wait for each other.
SELECT s.n, b.*
  FROM unnest($2::text[]) WITH ORDINALITY AS s (code, n)
 CROSS JOIN LATERAL (SELECT b.id, b.kind, b.status, b.parent_id, b.area_id, b.bill_id,
                            b.family_id, b.child_count, b.capacity, b.weight_g, b.expected_g
                       FROM bag b
                      WHERE b.org_id = $1
                        AND b.code = s.code
                      LIMIT 1
                        FOR NO KEY UPDATE) b;

-- bag_store_ids(count integer)
-- Ids for as many new bags. Drawn before anybody knows how many are new: a number costs nothing.
SELECT nextval('bag_id_seq') AS id FROM generate_series(1, $2::integer) WHERE $1::bigint > 0;

-- bag_store_insert_parents(ids bigint[], codes text[], family_ids bigint[], capacities bigint[],
--     child_counts bigint[], weights_g bigint[], expecteds_g bigint[], statuses text[],
--     bill_ids bigint[], area_ids bigint[], created_bys bigint[], changed_bys bigint[])
-- New parents; one that somebody else has made meanwhile is an error (23505).
INSERT INTO bag (org_id, id, kind, code, family_id, capacity, child_count, weight_g, expected_g,
                 status, bill_id, area_id, created_by, changed_by)
SELECT $1, s.id, 'parent', s.code, s.family_id, s.capacity, s.child_count, s.weight_g,
       s.expected_g, s.status::bag_status, s.bill_id, s.area_id, s.created_by, s.changed_by
  FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
              $8::bigint[], $9::text[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[])
       AS s (id, code, family_id, capacity, child_count, weight_g, expected_g, status, bill_id, area_id,
             created_by, changed_by);

-- bag_store_insert_children(ids bigint[], codes text[], parent_ids bigint[], weights_g bigint[],
--     area_ids bigint[], created_bys bigint[], orders bigint[])
-- New children, the same way. A microsecond each: who was scanned later is the later one.
INSERT INTO bag (org_id, id, kind, code, parent_id, weight_g, area_id, created_by, changed_by, changed_at)
SELECT $1, s.id, 'child', s.code, s.parent_id, s.weight_g, s.area_id, s.created_by, s.created_by,
       now() + s.n * interval '1 microsecond'
  FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
              $8::bigint[])
       AS s (id, code, parent_id, weight_g, area_id, created_by, n);

-- bag_store_update_children(ids bigint[], codes text[], parent_ids bigint[], weights_g bigint[],
--     area_ids bigint[], changed_bys bigint[], orders bigint[])
-- Children that were there. They are locked, so each meets its row, by the one index that can show it: an
-- UPDATE would be planned as a join, and read all bags of the organisation while the table is young.
INSERT INTO bag (org_id, id, kind, code, parent_id, weight_g, area_id, changed_by, changed_at)
SELECT $1, s.id, 'child', s.code, s.parent_id, s.weight_g, s.area_id, s.changed_by,
       now() + s.n * interval '1 microsecond'
  FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
              $8::bigint[])
       AS s (id, code, parent_id, weight_g, area_id, changed_by, n)
    ON CONFLICT (org_id, code) DO UPDATE
   SET parent_id = EXCLUDED.parent_id, weight_g = EXCLUDED.weight_g, area_id = EXCLUDED.area_id,
       changed_by = EXCLUDED.changed_by, changed_at = EXCLUDED.changed_at;

-- bag_store_update_parents(ids bigint[], codes text[], family_ids bigint[], capacities bigint[],
--     child_counts bigint[], weights_g bigint[], statuses text[], bill_ids bigint[],
--     area_ids bigint[], changed_bys bigint[])
-- Parents that were there, the same way. What they are expected to weigh stays.
INSERT INTO bag (org_id, id, kind, code, family_id, capacity, child_count, weight_g, expected_g, status,
                 bill_id, area_id, changed_by)
SELECT $1, s.id, 'parent', s.code, s.family_id, s.capacity, s.child_count, s.weight_g, 0,
       s.status::bag_status, s.bill_id, s.area_id, s.changed_by
  FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
              $8::text[], $9::bigint[], $10::bigint[], $11::bigint[])
       AS s (id, code, family_id, capacity, child_count, weight_g, status, bill_id, area_id, changed_by)
    ON CONFLICT (org_id, code) DO UPDATE
   SET child_count = EXCLUDED.child_count, weight_g = EXCLUDED.weight_g, status = EXCLUDED.status,
       bill_id = EXCLUDED.bill_id, area_id = EXCLUDED.area_id, changed_by = EXCLUDED.changed_by,
       changed_at = EXCLUDED.changed_at;
