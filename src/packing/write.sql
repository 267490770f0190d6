-- What the judge of packing has decided (store.h). Nothing is left to decide here: what doesn't fit what is
-- stored ends in an error, before the COMMIT that may be on its way already, and the batch runs again.

-- packing_put_parents(ids bigint[], codes text[], family_ids bigint[], capacities bigint[],
--     child_counts bigint[], weights_g bigint[], child_weights_g bigint[], statuses text[],
--     area_ids bigint[], created_bys bigint[], changed_bys bigint[])
-- New parents; one that somebody else has made meanwhile is an error (23505).
INSERT INTO bag (org_id, id, kind, code, family_id, capacity, child_count, weight_g, expected_g,
                 status, area_id, created_by, changed_by)
SELECT $1, s.id, 'parent', s.code, s.family_id, s.capacity, s.child_count, s.weight_g,
       s.capacity * s.child_weight_g, s.status::bag_status, s.area_id, s.created_by,
       s.changed_by
  FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
              $8::bigint[], $9::text[], $10::bigint[], $11::bigint[], $12::bigint[])
       AS s (id, code, family_id, capacity, child_count, weight_g, child_weight_g, status, area_id,
             created_by, changed_by);

-- packing_put_children(ids bigint[], codes text[], parent_ids bigint[], weights_g bigint[],
--     area_ids bigint[], created_bys bigint[], orders bigint[])
-- New children, the same way. A microsecond each: who was scanned later is the later one.
INSERT INTO bag (org_id, id, kind, code, parent_id, weight_g, area_id, created_by, changed_by, changed_at)
SELECT $1, s.id, 'child', s.code, s.parent_id, s.weight_g, s.area_id, s.created_by, s.created_by,
       now() + s.n * interval '1 microsecond'
  FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
              $8::bigint[])
       AS s (id, code, parent_id, weight_g, area_id, created_by, n);

-- packing_move_children(ids bigint[], codes text[], parent_ids bigint[], weights_g bigint[],
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

-- packing_change_parents(ids bigint[], codes text[], family_ids bigint[], capacities bigint[],
--     child_counts bigint[], weights_g bigint[], statuses text[], area_ids bigint[],
--     changed_bys bigint[])
-- Parents that were there, the same way. What they are expected to weigh stays.
INSERT INTO bag (org_id, id, kind, code, family_id, capacity, child_count, weight_g, expected_g, status,
                 area_id, changed_by)
SELECT $1, s.id, 'parent', s.code, s.family_id, s.capacity, s.child_count, s.weight_g, 0,
       s.status::bag_status, s.area_id, s.changed_by
  FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
              $8::text[], $9::bigint[], $10::bigint[])
       AS s (id, code, family_id, capacity, child_count, weight_g, status, area_id, changed_by)
    ON CONFLICT (org_id, code) DO UPDATE
   SET child_count = EXCLUDED.child_count, weight_g = EXCLUDED.weight_g, status = EXCLUDED.status,
       area_id = EXCLUDED.area_id, changed_by = EXCLUDED.changed_by, changed_at = EXCLUDED.changed_at;

-- packing_count_on_bills(ids bigint[], children bigint[], weights_g bigint[])
-- What parents on bills have gained. The bills are locked.
UPDATE bill l
   SET children = l.children + s.children, weight_g = l.weight_g + s.weight_g, updated_at = now()
  FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS s (id, children, weight_g)
 WHERE l.org_id = $1
   AND l.id = s.id;

-- packing_log_links(ids uuid[], ats bigint[], parent_ids bigint[], child_ids bigint[],
--     other_ids bigint[], user_ids bigint[], verdicts text[], helds bigint[], capacities bigint[],
--     closeds bigint[], scanneds text[])
-- The history. `ats` are the devices' times in microseconds since 1970; a clock that is ahead counts as now.
-- An id that is there already is an error (23505).
INSERT INTO scan (org_id, id, at, parent_id, child_id, other_id, user_id, kind, verdict, held, capacity,
                  closed, note)
SELECT $1, s.id, COALESCE(LEAST(to_timestamp(s.at / 1e6), now()), now()), s.parent_id, s.child_id,
       s.other_id, s.user_id, 'link', s.verdict::scan_verdict, s.held, s.capacity, s.closed = 1, s.scanned
  FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
              $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::text[])
       AS s (id, at, parent_id, child_id, other_id, user_id, verdict, held, capacity, closed, scanned);
