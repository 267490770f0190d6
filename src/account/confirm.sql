-- confirm_look(user_id)
-- The caller's password, and the hash of the name that wrong ones are counted for.
SELECT u.password_hash, encode(n.hash, 'hex') AS name_hash,
       COALESCE((SELECT ceil(extract(epoch FROM a.locked_until - clock_timestamp()))::bigint
                   FROM login_attempt a
                  WHERE a.org_id = $1
                    AND a.name_hash = n.hash), 0) AS locked_seconds
  FROM users u
 CROSS JOIN LATERAL (SELECT sha256(convert_to(lower(u.username), 'UTF8')) AS hash) n
 WHERE u.org_id = $1
   AND u.id = $2::bigint;
