-- part ticket_columns
-- What is shown of a ticket.
(extract(epoch FROM t.created_at) * 1000000)::bigint AS us, t.id, t.code, t.location, t.notes, t.status,
       t.bags, t.children, t.weight_g AS weight_kg,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = t.created_by) AS created_by,
       t.created_at,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = t.closed_by) AS closed_by,
       t.closed_at, t.updated_at;

-- part ticket_fits
t.created_at
           >= COALESCE('epoch'::timestamptz + :since_us::bigint * interval '1 microsecond', '-infinity')
       AND t.created_at
           < COALESCE('epoch'::timestamptz + :until_us::bigint * interval '1 microsecond', 'infinity')
       AND (:status::ticket_status IS NULL OR t.status = :status::ticket_status)
       AND (:user::text IS NULL
            OR t.created_by IN (SELECT u.id
                                  FROM users u
                                 WHERE u.org_id = $1
                                   AND lower(u.username) = lower(:user::text)))
       AND (:q::text IS NULL OR strpos(t.code, :q::text) > 0
            OR strpos(t.location_key, :q::text) > 0);

-- ticket_create(suffix text, location text, location_key text, notes text, user_id id)
-- No row when the code is taken.
INSERT INTO return_ticket (org_id, code, location, location_key, notes, created_by)
SELECT $1, 'RTN-' || to_char(now() AT TIME ZONE o.time_zone, 'YYYYMMDD') || '-' || $2, $3, $4, $5, $6::bigint
  FROM org o
 WHERE o.org_id = $1
    ON CONFLICT (org_id, code) DO NOTHING
RETURNING code;

-- ticket_by_code(code text)
SELECT @ticket_columns
  FROM return_ticket t
 WHERE t.org_id = $1
   AND t.code = :code;

-- ticket_lock(code text)
-- Held until the end of the transaction: what is read then stays true.
SELECT t.id
  FROM return_ticket t
 WHERE t.org_id = $1
   AND t.code = $2
   FOR NO KEY UPDATE;

-- ticket_list(status ticket_status, user text, since_us bigint, until_us bigint, q text, before_us bigint,
--     before_id bigint, count bigint)
-- Newest first.
SELECT @ticket_columns
  FROM return_ticket t
 WHERE t.org_id = $1
   AND (t.created_at, t.id)
       < (COALESCE('epoch'::timestamptz + :before_us::bigint * interval '1 microsecond', 'infinity'),
          COALESCE(:before_id::bigint, 0))
   AND @ticket_fits
 ORDER BY t.created_at DESC, t.id DESC
 LIMIT :count::bigint;

-- ticket_count(status ticket_status, user text, since_us bigint, until_us bigint, q text, most bigint)
SELECT count(*) AS found, count(*) AS looked
  FROM (SELECT FROM return_ticket t WHERE t.org_id = $1 AND @ticket_fits LIMIT :most::bigint) t;

-- ticket_put(id bigint, location text, location_key text, notes text)
UPDATE return_ticket
   SET location = $3, location_key = $4, notes = $5, updated_at = now()
 WHERE org_id = $1
   AND id = $2;

-- ticket_close(id bigint, status ticket_status, user_id id)
UPDATE return_ticket
   SET status = $3::ticket_status, closed_by = $4::bigint, closed_at = now(), updated_at = now()
 WHERE org_id = $1
   AND id = $2;

-- ticket_bags(ticket_id bigint, before_us bigint, before_id bigint, count bigint)
-- What is on a ticket, the one that came back last first.
SELECT (extract(epoch FROM r.at) * 1000000)::bigint AS us, r.bag_id AS id,
       COALESCE(b.code, (SELECT d.code FROM deleted_bag d WHERE d.org_id = $1 AND d.id = r.bag_id)) AS qr,
       (SELECT f.name FROM bag_family f WHERE f.org_id = $1 AND f.id = b.family_id) AS family,
       (SELECT l.code FROM bill l WHERE l.org_id = $1 AND l.id = r.bill_id) AS bill,
       r.child_count, r.weight_g AS weight_kg, r.at AS returned_at,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = r.user_id) AS returned_by,
       r.stay AS not_restored
  FROM return_ticket_bag r
  LEFT JOIN bag b ON b.org_id = $1 AND b.id = r.bag_id
 WHERE r.org_id = $1
   AND r.ticket_id = $2
   AND (r.at, r.bag_id)
       < (COALESCE('epoch'::timestamptz + $3::bigint * interval '1 microsecond', 'infinity'),
          COALESCE($4::bigint, 0))
 ORDER BY r.at DESC, r.bag_id DESC
 LIMIT $5::bigint;
