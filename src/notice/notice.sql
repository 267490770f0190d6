-- notice_insert(user_id bigint, kind notice_kind, params jsonb, link text, keep integer)
-- Insert a notice, and delete the person's notices beyond the newest `keep`.
WITH old AS (
    DELETE FROM notification
     WHERE org_id = $1
       AND id = ANY (ARRAY(SELECT n.id
                             FROM notification n
                            WHERE n.org_id = $1
                              AND n.user_id = $2::bigint
                            ORDER BY -n.id
                           OFFSET $6::integer - 1))
)
INSERT INTO notification (org_id, user_id, kind, params, link)
VALUES ($1, $2::bigint, $3::notice_kind, $4::jsonb, $5);

-- notice_admins()
-- The active administrators.
SELECT u.id
  FROM users u
 WHERE u.org_id = $1
   AND u.role = 'admin'
   AND u.state = 'active'
 ORDER BY u.id
 LIMIT 200;

-- notice_list(user_id bigint, after_read flag, after_id bigint, count bigint)
-- Unread ones first, then the newest: the order of the index.
SELECT n.read_at IS NOT NULL AS read, n.id, n.kind, n.params, n.title, n.message, n.link,
       n.created_at, n.read_at
  FROM notification n
 WHERE n.org_id = $1
   AND n.user_id = $2::bigint
   AND ($3::boolean IS NULL
        OR (n.read_at IS NOT NULL) > $3::boolean
        OR ((n.read_at IS NOT NULL) = $3::boolean AND n.id < $4::bigint))
 ORDER BY (n.read_at IS NOT NULL), n.id DESC
 LIMIT $5::bigint;

-- notice_unread(user_id bigint)
SELECT count(*) AS count
  FROM notification
 WHERE org_id = $1
   AND user_id = $2::bigint
   AND (read_at IS NOT NULL) = false;

-- notice_read(user_id bigint, id id)
-- Without an id: all of the user's notices. Reading twice keeps the first time.
UPDATE notification
   SET read_at = now()
 WHERE org_id = $1
   AND user_id = $2::bigint
   AND ($3::bigint IS NULL OR id = $3)
   AND (read_at IS NOT NULL) = false;

-- notice_exists(user_id bigint, id bigint)
SELECT EXISTS (SELECT
                 FROM notification
                WHERE org_id = $1
                  AND user_id = $2::bigint
                  AND id = $3::bigint) AS exists;

-- notice_delete(user_id bigint, id bigint)
DELETE FROM notification
 WHERE org_id = $1
   AND user_id = $2::bigint
   AND id = $3::bigint;
