-- session_row(id bigint)
-- A session and its account, as both are now. Ages are measured by the database's clock only.
SELECT s.user_id, u.username AS name, u.role, u.area_id, u.state = 'active' AS active,
       u.must_change_password,
       EXISTS (SELECT
                 FROM two_factor t
                WHERE t.org_id = $1
                  AND t.user_id = s.user_id
                  AND t.confirmed_at IS NOT NULL) AS two_factor,
       encode(s.secret_hash, 'hex') AS secret_hash,
       (extract(epoch FROM clock_timestamp() - s.created_at) * 1000000)::bigint AS created_ago_us,
       (extract(epoch FROM clock_timestamp() - s.used_at) * 1000000)::bigint AS used_ago_us
  FROM session s
  JOIN users u ON u.org_id = $1 AND u.id = s.user_id
 WHERE s.org_id = $1
   AND s.id = $2;

-- session_insert(user_id bigint, secret_hash text, address text, device text,
--     absolute_seconds integer)
-- Insert a session, and delete the user's sessions that are too old.
WITH over AS (
    DELETE FROM session
     WHERE org_id = $1
       AND user_id = $2
       AND created_at < now() - make_interval(secs => $6::integer)
)
INSERT INTO session (org_id, user_id, secret_hash, address, device)
VALUES ($1, $2, decode($3, 'hex'), $4, $5)
RETURNING id;

-- session_delete(user_id bigint, session_id id, except_id id)
-- Without a session_id: all sessions of the user except one. Notifies every server.
WITH gone AS (
    DELETE FROM session
     WHERE org_id = $1
       AND user_id = $2
       AND ($3::bigint IS NULL OR id = $3)
       AND id IS DISTINCT FROM $4::bigint
    RETURNING id
)
SELECT pg_notify('account', $1::bigint || '.' || $2::bigint || '.' || id) FROM gone;

-- session_notify(user_id bigint)
SELECT pg_notify('account', $1::bigint || '.' || $2::bigint);

-- session_list(user_id bigint, session_id bigint, idle_seconds integer, absolute_seconds integer)
-- The open sessions of a user, the most recently used first.
SELECT id, device, address, created_at, used_at, id = $3::bigint AS current
  FROM session
 WHERE org_id = $1
   AND user_id = $2
   AND (id = $3 OR used_at > now() - make_interval(secs => $4::integer))
   AND created_at > now() - make_interval(secs => $5::integer)
 ORDER BY used_at DESC, id DESC
 LIMIT 200;

-- session_used(ids bigint[], ages_us bigint[])
-- Store when sessions were last used. In the order of their ids, so that two servers can't
-- deadlock; the later time wins.
WITH used AS (
    SELECT s.id, clock_timestamp() - make_interval(secs => u.age_us / 1000000.0) AS at
      FROM unnest($2::bigint[], $3::bigint[]) AS u (id, age_us)
      JOIN session s ON s.org_id = $1 AND s.id = u.id
     ORDER BY s.id
       FOR NO KEY UPDATE OF s
)
UPDATE session s
   SET used_at = u.at
  FROM used u
 WHERE s.org_id = $1
   AND s.id = u.id
   AND s.used_at < u.at;
