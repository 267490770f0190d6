-- user_insert(username, password_hash, role, area_id, state)
-- Nobody, when the name is taken.
INSERT INTO users (org_id, username, password_hash, role, area_id, state)
VALUES ($1, $2, $3, $4::user_role, $5::bigint, $6::user_state)
    ON CONFLICT DO NOTHING
RETURNING id;

-- user_account(user_id)
SELECT u.id, u.username, u.role, a.name AS area, o.time_zone AS zone
  FROM users u
  JOIN org o ON o.org_id = $1
  LEFT JOIN area a ON a.org_id = $1 AND a.id = u.area_id
 WHERE u.org_id = $1
   AND u.id = $2;
