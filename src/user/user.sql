-- user_insert(username text, email text, password_hash text, role user_role, area_id id,
--     state user_state, must_change_password boolean)
-- No row if the name or the e-mail address is taken.
INSERT INTO users (org_id, username, email, password_hash, role, area_id, state,
                   must_change_password)
VALUES ($1, $2, $3, $4, $5::user_role, $6::bigint, $7::user_state, $8)
    ON CONFLICT DO NOTHING
RETURNING id;

-- user_name_taken(username text)
SELECT EXISTS (SELECT
                 FROM users
                WHERE org_id = $1
                  AND lower(username) = lower($2)) AS taken;

-- user_account(user_id bigint)
SELECT u.id, u.username, u.role, a.name AS area, o.time_zone AS zone,
       u.must_change_password
  FROM users u
  JOIN org o ON o.org_id = $1
  LEFT JOIN area a ON a.org_id = $1 AND a.id = u.area_id
 WHERE u.org_id = $1
   AND u.id = $2;
