-- sign_in_look(name, name_hash)
-- One row always; most of it is NULL when nobody has the name, which is in lower case.
SELECT u.id, u.username, u.password_hash, u.role, u.area_id, u.state,
       COALESCE(ceil(extract(epoch FROM a.locked_until - clock_timestamp())), 0)::bigint
           AS locked_seconds,
       EXISTS (SELECT
                 FROM two_factor t
                WHERE t.org_id = $1
                  AND t.user_id = u.id
                  AND t.confirmed_at IS NOT NULL) AS two_factor
  FROM (SELECT) AS once
  LEFT JOIN users u ON u.org_id = $1 AND lower(u.username) = $2 AND u.state <> 'deleted'
  LEFT JOIN login_attempt a ON a.org_id = $1 AND a.name_hash = decode($3, 'hex');

-- sign_in_wrong(name_hash)
-- One more wrong password: the fifth locks the name. A lock that is over, or a quarter of an hour
-- without a try, starts the count anew. Rows that no longer count go, a few at a time.
WITH stale AS (
    DELETE FROM login_attempt
     WHERE org_id = $1
       AND name_hash IN (SELECT name_hash
                           FROM login_attempt
                          WHERE org_id = $1
                            AND at < now() - interval '1 hour'
                            AND name_hash <> decode($2, 'hex')
                          ORDER BY at
                          LIMIT 4
                            FOR UPDATE SKIP LOCKED)
), counted AS (
    INSERT INTO login_attempt AS a (org_id, name_hash, wrong_count, at)
    VALUES ($1, decode($2, 'hex'), 1, clock_timestamp())
        ON CONFLICT (org_id, name_hash) DO UPDATE
       SET (wrong_count, locked_until, at)
           = (SELECT CASE WHEN o.lapsed THEN 1 ELSE least(a.wrong_count + 1, 5) END,
                     CASE WHEN o.lapsed THEN NULL
                          WHEN a.wrong_count = 4 THEN EXCLUDED.at + interval '15 minutes'
                          ELSE a.locked_until
                     END,
                     EXCLUDED.at
                FROM (SELECT COALESCE(a.locked_until <= EXCLUDED.at,
                                      a.at < EXCLUDED.at - interval '15 minutes') AS lapsed) AS o)
    RETURNING wrong_count, locked_until, at
)
SELECT wrong_count,
       COALESCE(ceil(extract(epoch FROM locked_until - at)), 0)::bigint AS locked_seconds,
       COALESCE(locked_until = at + interval '15 minutes', false) AS locked_now
  FROM counted;

-- sign_in_hold(name_hash)
-- How long the name is still locked, as it stands now, and for nobody to count in between.
SELECT COALESCE(ceil(extract(epoch FROM locked_until - clock_timestamp())), 0)::bigint
           AS locked_seconds
  FROM login_attempt
 WHERE org_id = $1
   AND name_hash = decode($2, 'hex')
   FOR UPDATE;

-- sign_in_clear(name_hash)
DELETE FROM login_attempt
 WHERE org_id = $1
   AND name_hash = decode($2, 'hex');

-- sign_in_note(user_id, password_hash, better_hash)
-- Nothing changes when the account is no longer what the password was held against.
UPDATE users
   SET signed_in_at = now(), password_hash = COALESCE($4, password_hash)
 WHERE org_id = $1
   AND id = $2
   AND password_hash = $3
   AND state = 'active';
