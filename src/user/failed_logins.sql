-- failed_logins_add(name_hash text)
-- Count a wrong password; the fifth locks the name. After a lock has ended, or after a quarter of
-- an hour without a try, counting starts again. Also deletes a few rows that no longer count.
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
SELECT wrong_count AS count,
       COALESCE(ceil(extract(epoch FROM locked_until - at)), 0)::bigint AS locked_seconds,
       COALESCE(locked_until = at + interval '15 minutes', false) AS locked_now
  FROM counted;

-- failed_logins_read_lockout(name_hash text)
-- How long the name is still locked. The row stays locked until the end of the transaction, so that
-- nobody counts in between.
SELECT COALESCE(ceil(extract(epoch FROM locked_until - clock_timestamp())), 0)::bigint
           AS locked_seconds
  FROM login_attempt
 WHERE org_id = $1
   AND name_hash = decode($2, 'hex')
   FOR UPDATE;

-- failed_logins_clear(name_hash text)
DELETE FROM login_attempt
 WHERE org_id = $1
   AND name_hash = decode($2, 'hex');
