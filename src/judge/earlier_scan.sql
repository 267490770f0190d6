-- earlier_scans(ids uuid[], first uuid, last uuid)
-- The scans that have one of these ids already: the first answer stands. Scans of bills and tickets keep in `figures`
-- what else the answer said. The first and the last of the ids say which months they are of: the others'
-- partitions aren't even opened.
SELECT s.n, k.kind, k.verdict, k.user_id, k.held, k.capacity, k.closed, k.scanned,
       k.parent_id IS NOT NULL AS parent_known, k.child_id IS NOT NULL AS child_known,
       (SELECT b.code FROM bag b WHERE b.org_id = $1 AND b.id = k.parent_id) AS parent,
       (SELECT b.code FROM bag b WHERE b.org_id = $1 AND b.id = k.child_id) AS child,
       (SELECT l.code FROM bill l WHERE l.org_id = $1 AND l.id = k.bill_id) AS bill,
       (SELECT t.code FROM return_ticket t WHERE t.org_id = $1 AND t.id = k.ticket_id) AS ticket,
       CASE WHEN k.kind = 'link'
            THEN (SELECT b.code FROM bag b WHERE b.org_id = $1 AND b.id = k.other_id)
            ELSE (SELECT l.code FROM bill l WHERE l.org_id = $1 AND l.id = k.other_id) END AS other,
       (k.figures ->> 'children')::bigint AS children,
       (k.figures ->> 'weight_g')::bigint AS weight_g,
       (k.figures ->> 'expected_g')::bigint AS expected_g,
       (k.figures ->> 'bag_children')::bigint AS bag_children,
       (k.figures ->> 'bag_capacity')::bigint AS bag_capacity,
       (k.figures ->> 'bag_weight_g')::bigint AS bag_weight_g,
       (k.figures ->> 'ticket_bags')::bigint AS ticket_bags
  FROM unnest($2::uuid[]) WITH ORDINALITY AS s (id, n)
 CROSS JOIN LATERAL (SELECT *
                       FROM scan k
                      WHERE k.org_id = $1
                        AND k.id = s.id
                        AND k.id BETWEEN $3::uuid AND $4::uuid
                      LIMIT 1) k;
