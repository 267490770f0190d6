-- bill_announce_find(id bigint)
-- A completed bill, and who made it and can still sign in.
SELECT b.code, b.linked, b.capacity, b.weight_g, u.id AS user_id, u.username, u.email
  FROM bill b
  JOIN users u ON u.org_id = $1
              AND u.id = b.created_by
 WHERE b.org_id = $1
   AND b.id = $2
   AND b.status = 'completed'
   AND u.state = 'active';
