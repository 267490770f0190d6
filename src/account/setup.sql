-- setup_state()
SELECT o.setup_hash IS NOT NULL AS linked,
       EXISTS (SELECT
                 FROM users u
                WHERE u.org_id = $1
                  AND u.role = 'admin'
                  AND u.state = 'active') AS done
  FROM org o
 WHERE o.org_id = $1;

-- setup_lock()
-- Servers that start at the same time wait for each other here.
SELECT FROM org WHERE org_id = $1 FOR NO KEY UPDATE;

-- setup_link(token_hash text)
-- The hash of the only valid link; NULL for none.
UPDATE org SET setup_hash = decode($2, 'hex') WHERE org_id = $1;

-- setup_claim(token_hash text)
UPDATE org
   SET setup_hash = NULL
 WHERE org_id = $1
   AND setup_hash = decode($2, 'hex')
   AND NOT EXISTS (SELECT
                     FROM users u
                    WHERE u.org_id = $1
                      AND u.role = 'admin'
                      AND u.state = 'active');

-- setup_user(username text, password_hash text, role user_role)
-- Create the user as the settings say, or update it if it exists.
INSERT INTO users AS u (org_id, username, password_hash, role, state)
VALUES ($1, $2, $3, $4::user_role, 'active')
    ON CONFLICT (org_id, lower(username)) WHERE state <> 'deleted' DO UPDATE
   SET password_hash = EXCLUDED.password_hash, role = EXCLUDED.role, state = 'active',
       area_id = CASE WHEN EXCLUDED.role = 'dispatcher' THEN u.area_id END
RETURNING id;
