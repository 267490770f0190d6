-- sign_in_look(name text, email text)
-- Whose user name it is as it is folded, or whose e-mail address as it was typed, in lower case. One row always; most of it is NULL when it is nobody's.
-- Wrong passwords are counted for the user name, whichever of the two was typed.
SELECT u.id, u.username, u.password_hash, u.role, u.area_id, u.state,
       encode(n.hash, 'hex') AS name_hash,
       COALESCE(ceil(extract(epoch FROM a.locked_until - clock_timestamp())), 0)::bigint
           AS locked_seconds,
       EXISTS (SELECT
                 FROM two_factor t
                WHERE t.org_id = $1
                  AND t.user_id = u.id
                  AND t.confirmed_at IS NOT NULL) AS two_factor
  FROM (SELECT COALESCE((SELECT id FROM users
                          WHERE org_id = $1 AND lower(username) = $2 AND state <> 'deleted'),
                        (SELECT id FROM users
                          WHERE org_id = $1 AND lower(email) = $3
                            AND lower(email COLLATE "C") = $3)) AS id) AS found
  LEFT JOIN users u ON u.org_id = $1 AND u.id = found.id
 CROSS JOIN LATERAL (SELECT sha256(convert_to(COALESCE(lower(u.username), $2), 'UTF8')) AS hash) n
  LEFT JOIN login_attempt a ON a.org_id = $1 AND a.name_hash = n.hash;

-- sign_in_note(user_id bigint, password_hash text, better_hash text)
-- Changes nothing if the account has changed since the password was checked.
UPDATE users
   SET signed_in_at = now(), password_hash = COALESCE($4, password_hash)
 WHERE org_id = $1
   AND id = $2
   AND password_hash = $3
   AND state = 'active';

-- confirm_look(user_id bigint)
-- The hash of the caller's password, and the hash of the name that wrong passwords are counted for.
SELECT u.password_hash, encode(n.hash, 'hex') AS name_hash,
       COALESCE((SELECT ceil(extract(epoch FROM a.locked_until - clock_timestamp()))::bigint
                   FROM login_attempt a
                  WHERE a.org_id = $1
                    AND a.name_hash = n.hash), 0) AS locked_seconds
  FROM users u
 CROSS JOIN LATERAL (SELECT sha256(convert_to(lower(u.username), 'UTF8')) AS hash) n
 WHERE u.org_id = $1
   AND u.id = $2::bigint;
