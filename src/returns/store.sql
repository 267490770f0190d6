-- What the judge of returns needs beside bags (judge/bag_store.sql), and what is written of its decisions.

-- return_store_tickets(codes text[])
-- The tickets with these codes, locked in the order of their ids.
SELECT t.*
  FROM unnest(ARRAY(SELECT f.id
                      FROM unnest($2::text[]) AS s (code)
                     CROSS JOIN LATERAL (SELECT t.id
                                           FROM return_ticket t
                                          WHERE t.org_id = $1
                                            AND t.code = s.code
                                          LIMIT 1) f
                     ORDER BY f.id)) AS s (id)
 CROSS JOIN LATERAL (SELECT t.id, t.code, t.status, t.bags, t.children, t.weight_g
                       FROM return_ticket t
                      WHERE t.org_id = $1
                        AND t.id = s.id
                      LIMIT 1
                        FOR NO KEY UPDATE) t;

-- return_store_places(tickets text[], codes text[])
-- Which of these bags are on these tickets. Nobody else can put one there while the tickets are locked.
SELECT r.ticket_id, r.bag_id
  FROM unnest($2::text[], $3::text[]) AS s (ticket, code)
 CROSS JOIN LATERAL (SELECT t.id FROM return_ticket t WHERE t.org_id = $1 AND t.code = s.ticket LIMIT 1) t
 CROSS JOIN LATERAL (SELECT b.id FROM bag b WHERE b.org_id = $1 AND b.code = s.code LIMIT 1) b
 CROSS JOIN LATERAL (SELECT *
                       FROM return_ticket_bag r
                      WHERE r.org_id = $1
                        AND r.ticket_id = t.id
                        AND r.bag_id = b.id
                      LIMIT 1) r;

-- return_store_bills(ids bigint[])
-- The bills that bags are on, or were, locked in the order of their ids, which come sorted. A bag that is
-- locked keeps its bill.
SELECT l.*
  FROM unnest($2::bigint[]) AS s (id)
 CROSS JOIN LATERAL (SELECT l.id, l.code, l.status, l.capacity, l.linked, l.returned, l.children, l.weight_g,
                            l.expected_g
                       FROM bill l
                      WHERE l.org_id = $1
                        AND l.id = s.id
                      LIMIT 1
                        FOR NO KEY UPDATE) l;

-- return_store_update_bills(ids bigint[], statuses text[], linkeds bigint[], returneds bigint[],
--     children bigint[], weights_g bigint[], expecteds_g bigint[])
UPDATE bill l
   SET status = s.status::bill_status, linked = s.linked, returned = s.returned, children = s.children,
       weight_g = s.weight_g, expected_g = s.expected_g, updated_at = now()
  FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
       AS s (id, status, linked, returned, children, weight_g, expected_g)
 WHERE l.org_id = $1
   AND l.id = ANY ($2::bigint[])
   AND l.id = s.id;

-- return_store_update_tickets(ids bigint[], bags bigint[], children bigint[], weights_g bigint[])
UPDATE return_ticket t
   SET bags = s.bags, children = s.children, weight_g = s.weight_g, updated_at = now()
  FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) AS s (id, bags, children, weight_g)
 WHERE t.org_id = $1
   AND t.id = ANY ($2::bigint[])
   AND t.id = s.id;

-- return_store_add_bags(ticket_ids bigint[], bag_ids bigint[], bill_ids bigint[], user_ids bigint[],
--     child_counts bigint[], weights_g bigint[])
-- A microsecond each: who was scanned later is the later one.
INSERT INTO return_ticket_bag (org_id, ticket_id, bag_id, bill_id, user_id, child_count, weight_g, at)
SELECT $1, s.ticket_id, s.bag_id, s.bill_id, s.user_id, s.child_count, s.weight_g,
       now() + s.n * interval '1 microsecond'
  FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
       WITH ORDINALITY AS s (ticket_id, bag_id, bill_id, user_id, child_count, weight_g, n);

-- return_store_log(ids uuid[], ticket_ids bigint[], parent_ids bigint[], child_ids bigint[],
--     bill_ids bigint[], user_ids bigint[], verdicts text[], helds bigint[], capacities bigint[],
--     closeds bigint[], figures text[], scanneds text[])
-- The history; an id that is there already is an error (23505). In `figures` is what else the answer said, and
-- how the bill stood before.
INSERT INTO scan (org_id, id, at, ticket_id, parent_id, child_id, bill_id, user_id, kind, verdict, held,
                  capacity, closed, figures, scanned, recorded_at)
SELECT $1, s.id, now() + s.n * interval '1 microsecond', s.ticket_id, s.parent_id, s.child_id, s.bill_id,
       s.user_id, 'return', s.verdict::scan_verdict, s.held, s.capacity, s.closed = 1, s.figures::jsonb,
       s.scanned, now() + s.n * interval '1 microsecond'
  FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[],
              $9::bigint[], $10::bigint[], $11::bigint[], $12::text[], $13::text[]) WITH ORDINALITY
       AS s (id, ticket_id, parent_id, child_id, bill_id, user_id, verdict, held, capacity, closed, figures,
             scanned, n);

-- return_store_of_ticket(ticket_id bigint, code text)
-- What is on a ticket that is locked, or the one bag of it with this code. A bag that is gone has no code.
SELECT r.bag_id, r.bill_id, r.child_count, r.weight_g, b.code AS qr,
       NOT EXISTS (SELECT
                     FROM return_ticket_bag o
                    WHERE o.org_id = $1
                      AND o.bag_id = r.bag_id
                      AND o.at > r.at) AS is_latest
  FROM return_ticket_bag r
  LEFT JOIN bag b ON b.org_id = $1 AND b.id = r.bag_id
 WHERE r.org_id = $1
   AND r.ticket_id = $2
   AND ($3::text IS NULL OR b.code = $3::text)
 ORDER BY r.at, r.bag_id;

-- return_store_log_restored(ids uuid[], ticket_id bigint, parent_ids bigint[], bill_ids bigint[],
--     user_id id, helds bigint[], capacities bigint[], closeds bigint[])
-- What went back onto its bill.
INSERT INTO scan (org_id, id, at, ticket_id, parent_id, bill_id, user_id, kind, verdict, held, capacity, closed)
SELECT $1, s.id, now(), $3, s.parent_id, s.bill_id, $6::bigint, 'unreturn', 'done', s.held, s.capacity,
       s.closed = 1
  FROM unnest($2::uuid[], $4::bigint[], $5::bigint[], $7::bigint[], $8::bigint[], $9::bigint[])
       AS s (id, parent_id, bill_id, held, capacity, closed);

-- return_store_remove_bag(ticket_id bigint, bag_id bigint)
DELETE FROM return_ticket_bag
 WHERE org_id = $1
   AND ticket_id = $2
   AND bag_id = $3;

-- return_store_mark(ticket_id bigint, bag_ids bigint[], stays text[])
-- Why bags of a cancelled ticket stay off their bills.
UPDATE return_ticket_bag r
   SET stay = s.stay::ticket_stay
  FROM unnest($3::bigint[], $4::text[]) AS s (bag_id, stay)
 WHERE r.org_id = $1
   AND r.ticket_id = $2
   AND r.bag_id = s.bag_id;
