-- audit_insert(user_id id, action text, entity text, entity_id id, before jsonb, after jsonb,
--     reason text, address text, request_id text)
-- Insert the note, and the fact that it waits for its seal.
WITH note AS (
    INSERT INTO audit_log (org_id, user_id, action, entity, entity_id, before, after, reason,
                           address, request_id)
    VALUES ($1, $2::bigint, $3, $4, $5::bigint, $6::jsonb, $7::jsonb, $8, $9, $10)
    RETURNING id, at
)
INSERT INTO audit_pending (org_id, id, at)
SELECT $1, id, at FROM note;

-- audit_insert_many(action text, entity text, user_ids bigint[], entity_ids bigint[], befores text[],
--     afters text[], addresses text[], request_ids text[])
-- The same for a whole batch.
WITH note AS (
    INSERT INTO audit_log (org_id, user_id, action, entity, entity_id, before, after, address, request_id)
    SELECT $1, s.user_id, $2, $3, s.entity_id, s.before::jsonb, s.after::jsonb, s.address, s.request_id
      FROM unnest($4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[])
           AS s (user_id, entity_id, before, after, address, request_id)
    RETURNING id, at
)
INSERT INTO audit_pending (org_id, id, at)
SELECT $1, id, at FROM note;

-- part audit_list_older
(:entity::text IS NULL OR a.entity = :entity::text)
        AND (a.at, a.id) < (SELECT q.at, q.id FROM asked q)
        AND a.at >= (SELECT q.since FROM asked q)
      ORDER BY a.at DESC, a.id DESC
      LIMIT :limit::bigint;

-- part audit_list_name
-- What the thing of a note is called today.
CASE f.entity
            WHEN 'bag' THEN (SELECT b.code FROM bag b WHERE b.org_id = $1 AND b.id = f.entity_id)
            WHEN 'bill' THEN (SELECT b.code FROM bill b WHERE b.org_id = $1 AND b.id = f.entity_id)
            WHEN 'return' THEN (SELECT t.code
                                  FROM return_ticket t
                                 WHERE t.org_id = $1 AND t.id = f.entity_id)
            WHEN 'user' THEN (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = f.entity_id)
            WHEN 'area' THEN (SELECT a.name FROM area a WHERE a.org_id = $1 AND a.id = f.entity_id)
            WHEN 'family' THEN (SELECT y.name
                                  FROM bag_family y
                                 WHERE y.org_id = $1 AND y.id = f.entity_id)
            WHEN 'promotion' THEN (SELECT u.username
                                     FROM promotion_request p
                                     JOIN users u ON u.org_id = p.org_id AND u.id = p.user_id
                                    WHERE p.org_id = $1 AND p.id = f.entity_id)
       END;

-- audit_list(before_us bigint, before_id bigint, limit bigint, username text, action text,
--     entity text, since_us bigint, until_us bigint)
-- Newest first. Each branch uses one index, and only one branch runs: the one for the most
-- selective filter that is given. The bounds are scalar subqueries, because with a join the indexes
-- would not be used. Names are the present ones.
WITH asked AS MATERIALIZED (
    SELECT LEAST('epoch'::timestamptz + :before_us::bigint * interval '1 microsecond',
                 'epoch'::timestamptz + :until_us::bigint * interval '1 microsecond', 'infinity') AS at,
           CASE WHEN :before_us::bigint <= COALESCE(:until_us::bigint, :before_us::bigint)
                THEN :before_id::bigint
                ELSE 0
           END AS id,
           'epoch'::timestamptz + COALESCE(:since_us::bigint, 0) * interval '1 microsecond' AS since,
           (SELECT u.id
              FROM users u
             WHERE u.org_id = $1
               AND lower(u.username) = lower(:username::text)
             ORDER BY u.id DESC
             LIMIT 1) AS user_id
      FROM org o
     WHERE o.org_id = $1
), found AS (
    (SELECT a.*
       FROM audit_log a
      WHERE :username::text IS NOT NULL
        AND a.org_id = $1
        AND a.user_id = (SELECT q.user_id FROM asked q)
        AND (:action::text IS NULL OR a.action = :action::text)
        AND @audit_list_older)
     UNION ALL
    (SELECT a.*
       FROM audit_log a
      WHERE :username::text IS NULL AND :action::text IS NOT NULL
        AND a.org_id = $1
        AND a.action = :action::text
        AND @audit_list_older)
     UNION ALL
    (SELECT a.*
       FROM audit_log a
      WHERE :username::text IS NULL AND :action::text IS NULL AND :entity::text IS NOT NULL
        AND a.org_id = $1
        AND a.entity = :entity::text
        AND @audit_list_older)
     UNION ALL
    (SELECT a.*
       FROM audit_log a
      WHERE :username::text IS NULL AND :action::text IS NULL AND :entity::text IS NULL
        AND a.org_id = $1
        AND @audit_list_older)
)
SELECT (extract(epoch FROM f.at) * 1000000)::bigint AS us, f.id, f.at,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = f.user_id) AS user,
       f.action, f.entity, f.entity_id, @audit_list_name AS name,
       f.before, f.after, f.reason, f.address, f.request_id
  FROM found f
 ORDER BY f.at DESC, f.id DESC;
