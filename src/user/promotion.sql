-- promotion_list(user_id id, state promotion_state, username text, before bigint, limit bigint)
-- Newest first; without a user_id the requests of all people.
SELECT p.id, p.user_id, u.username, u.role, p.reason, p.state, p.asked_at,
       p.decided_at,
       (SELECT d.username FROM users d WHERE d.org_id = $1 AND d.id = p.decided_by) AS decided_by,
       p.notes
  FROM promotion_request p
  JOIN users u ON u.org_id = $1 AND u.id = p.user_id
 WHERE p.org_id = $1
   AND p.id < COALESCE($5::bigint, 9223372036854775807)
   AND ($2::bigint IS NULL OR p.user_id = $2)
   AND ($3::promotion_state IS NULL OR p.state = $3::promotion_state)
   AND ($4::text IS NULL OR lower(u.username) = lower($4))
 ORDER BY p.id DESC
 LIMIT $6::bigint;

-- promotion_show(id bigint)
SELECT p.id, p.user_id, u.username, u.role, p.reason, p.state, p.asked_at,
       p.decided_at,
       (SELECT d.username FROM users d WHERE d.org_id = $1 AND d.id = p.decided_by) AS decided_by,
       p.notes
  FROM promotion_request p
  JOIN users u ON u.org_id = $1 AND u.id = p.user_id
 WHERE p.org_id = $1
   AND p.id = $2::bigint;

-- promotion_insert(user_id bigint, reason text)
-- No row if the person has a pending request.
INSERT INTO promotion_request (org_id, user_id, reason)
VALUES ($1, $2::bigint, $3)
    ON CONFLICT DO NOTHING
RETURNING id;

-- promotion_decision(id bigint, approved boolean, decided_by id, notes text)
-- Only a pending request can be decided.
UPDATE promotion_request
   SET state = CASE WHEN $3::boolean THEN 'approved'::promotion_state ELSE 'refused' END,
       decided_at = now(), decided_by = $4::bigint, notes = $5
 WHERE org_id = $1
   AND id = $2::bigint
   AND state = 'pending';
