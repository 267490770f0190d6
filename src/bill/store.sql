-- What the judge of bills needs beside bags (judge/bag_store.sql), and what is written of its decisions.

-- bill_store_lock(codes text[])
-- The bills with these codes, locked in the order of their ids.
SELECT l.*
  FROM unnest(ARRAY(SELECT f.id
                      FROM unnest($2::text[]) AS s (code)
                     CROSS JOIN LATERAL (SELECT b.id
                                           FROM bill b
                                          WHERE b.org_id = $1
                                            AND b.code = s.code
                                          LIMIT 1) f
                     ORDER BY f.id)) AS s (id)
 CROSS JOIN LATERAL (SELECT l.id, l.code, l.status, l.capacity, l.linked, l.children, l.weight_g,
                            l.expected_g
                       FROM bill l
                      WHERE l.org_id = $1
                        AND l.id = s.id
                      LIMIT 1
                        FOR NO KEY UPDATE) l;

-- bill_store_others(ids bigint[])
-- Bills that bags are on already. A bag that is locked keeps its bill, so they are all there.
SELECT l.id, l.code
  FROM unnest($2::bigint[]) AS s (id)
 CROSS JOIN LATERAL (SELECT * FROM bill l WHERE l.org_id = $1 AND l.id = s.id LIMIT 1) l;

-- bill_store_update(ids bigint[], statuses text[], linkeds bigint[], children bigint[],
--     weights_g bigint[], expecteds_g bigint[])
-- Bills that have taken bags. They are locked, and open: so nothing of theirs has come back.
UPDATE bill l
   SET status = s.status::bill_status, linked = s.linked, children = s.children,
       weight_g = s.weight_g, expected_g = s.expected_g, returned = 0, short_reason = NULL,
       updated_at = now()
  FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
       AS s (id, status, linked, children, weight_g, expected_g)
 WHERE l.org_id = $1
   AND l.id = ANY ($2::bigint[])
   AND l.id = s.id;

-- bill_store_announce(bill_ids bigint[], user_ids bigint[])
-- Jobs that tell of bills which the batch has completed; a bill is completed once at a time.
INSERT INTO job (org_id, kind, key, created_by)
SELECT $1, 'bill_completed', s.bill_id || ' ' || (extract(epoch FROM now()) * 1000000)::bigint, s.user_id
  FROM unnest($2::bigint[], $3::bigint[]) AS s (bill_id, user_id)
    ON CONFLICT (org_id, kind, key) WHERE key IS NOT NULL DO NOTHING;

-- bill_store_log(ids uuid[], parent_ids bigint[], child_ids bigint[], bill_ids bigint[],
--     other_ids bigint[], user_ids bigint[], verdicts text[], helds bigint[],
--     capacities bigint[], closeds bigint[], children bigint[], weights_g bigint[],
--     expecteds_g bigint[], bags_children bigint[], bags_capacity bigint[], bags_weight_g bigint[],
--     scanneds text[])
-- The history; an id that is there already is an error (23505). What the answer said beyond held and
-- capacity is kept in `figures`, so that it can be said again. A microsecond each, as with children.
INSERT INTO scan (org_id, id, at, parent_id, child_id, bill_id, other_id, user_id, kind, verdict, held,
                  capacity, closed, figures, scanned, recorded_at)
SELECT $1, s.id, now() + s.n * interval '1 microsecond', s.parent_id, s.child_id, s.bill_id,
       s.other_id, s.user_id, 'bill', s.verdict::scan_verdict, s.held, s.capacity, s.closed = 1,
       jsonb_strip_nulls(jsonb_build_object(
           'children', s.children, 'weight_g', s.weight_g, 'expected_g', s.expected_g,
           'bag_children', s.bag_children, 'bag_capacity', s.bag_capacity,
           'bag_weight_g', s.bag_weight_g)),
       s.scanned, now() + s.n * interval '1 microsecond'
  FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
              $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[],
              $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bigint[],
              $18::text[]) WITH ORDINALITY
       AS s (id, parent_id, child_id, bill_id, other_id, user_id, verdict, held, capacity, closed,
             children, weight_g, expected_g, bag_children, bag_capacity, bag_weight_g, scanned, n);
