-- What the judge of packing needs beside bags (judge/bag_store.sql), and what is written of its decisions.

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

-- packing_count_on_bills(ids bigint[], children bigint[], weights_g bigint[])
-- What parents on bills have gained. The bills are locked.
UPDATE bill l
   SET children = l.children + s.children, weight_g = l.weight_g + s.weight_g, updated_at = now()
  FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS s (id, children, weight_g)
 WHERE l.org_id = $1
   AND l.id = ANY ($2::bigint[])
   AND l.id = s.id;

-- packing_log_links(ids uuid[], ats bigint[], parent_ids bigint[], child_ids bigint[],
--     other_ids bigint[], user_ids bigint[], verdicts text[], helds bigint[], capacities bigint[],
--     closeds bigint[], scanneds text[])
-- The history. `ats` are the devices' times in microseconds since 1970; a clock that is ahead counts as now.
-- An id that is there already is an error (23505). A microsecond each: who was scanned later was recorded later.
INSERT INTO scan (org_id, id, at, parent_id, child_id, other_id, user_id, kind, verdict, held, capacity,
                  closed, scanned, recorded_at)
SELECT $1, s.id, COALESCE(LEAST(to_timestamp(s.at / 1e6), now()), now()), s.parent_id, s.child_id,
       s.other_id, s.user_id, 'link', s.verdict::scan_verdict, s.held, s.capacity, s.closed = 1, s.scanned,
       now() + s.n * interval '1 microsecond'
  FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
              $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::text[]) WITH ORDINALITY
       AS s (id, at, parent_id, child_id, other_id, user_id, verdict, held, capacity, closed, scanned, n);
