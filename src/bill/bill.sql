-- bill_create(slot integer, code text, capacity integer, description text, description_key text,
--     user_id id)
-- No row when the code is taken.
WITH made AS (
    INSERT INTO bill (org_id, code, capacity, description, description_key, created_by)
    VALUES ($1, $3, $4::integer, $5, $6, $7::bigint)
        ON CONFLICT (org_id, code) DO NOTHING
    RETURNING id
), counted AS (
    INSERT INTO counter AS c (org_id, slot, bills)
    SELECT $1, $2::integer, 1
      FROM made
        ON CONFLICT (org_id, slot) DO UPDATE SET bills = c.bills + EXCLUDED.bills
)
SELECT id FROM made;

-- bill_by_code(code text)
SELECT (extract(epoch FROM b.created_at) * 1000000)::bigint AS us, b.id,
       b.code, b.description, b.status, b.capacity, b.linked, b.returned,
       b.capacity - b.linked AS remaining, b.linked * 100 / b.capacity AS percent, b.children,
       b.weight_g AS weight_kg, b.expected_g AS expected_weight_kg,
       b.weight_g - b.expected_g AS difference_kg,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = b.created_by) AS created_by,
       b.created_at, b.updated_at, b.short_reason
  FROM bill b
 WHERE b.org_id = $1
   AND b.code = $2;

-- bill_lock(code text)
-- Held until the end of the transaction: what is read then stays true.
SELECT b.id
  FROM bill b
 WHERE b.org_id = $1
   AND b.code = $2
   FOR NO KEY UPDATE;

-- bill_list(status bill_status, user text, since_us bigint, until_us bigint, q text, before_us bigint,
--     before_id bigint, count bigint)
-- Newest first. The page is chosen from the index alone.
WITH page AS MATERIALIZED (
    SELECT b.id, b.created_at
      FROM bill b
     WHERE b.org_id = $1
       AND (b.created_at, b.id)
           < (COALESCE('epoch'::timestamptz + $7::bigint * interval '1 microsecond', 'infinity'),
              COALESCE($8::bigint, 0))
       AND b.created_at
           >= COALESCE('epoch'::timestamptz + $4::bigint * interval '1 microsecond', '-infinity')
       AND b.created_at
           < COALESCE('epoch'::timestamptz + $5::bigint * interval '1 microsecond', 'infinity')
       AND ($2::bill_status IS NULL OR b.status = $2::bill_status)
       AND ($3::text IS NULL
            OR b.created_by IN (SELECT u.id
                                  FROM users u
                                 WHERE u.org_id = $1
                                   AND lower(u.username) = lower($3::text)))
       AND ($6::text IS NULL OR strpos(b.code, $6::text) > 0
            OR strpos(b.description_key, $6::text) > 0)
     ORDER BY b.created_at DESC, b.id DESC
     LIMIT $9::bigint
)
SELECT (extract(epoch FROM b.created_at) * 1000000)::bigint AS us, b.id,
       b.code, b.description, b.status, b.capacity, b.linked, b.returned,
       b.capacity - b.linked AS remaining, b.linked * 100 / b.capacity AS percent, b.children,
       b.weight_g AS weight_kg, b.expected_g AS expected_weight_kg,
       b.weight_g - b.expected_g AS difference_kg,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = b.created_by) AS created_by,
       b.created_at, b.updated_at, b.short_reason
  FROM page p
 CROSS JOIN LATERAL (SELECT * FROM bill b WHERE b.org_id = $1 AND b.id = p.id LIMIT 1) b
 ORDER BY p.created_at DESC, p.id DESC;

-- bill_count(status bill_status, user text, since_us bigint, until_us bigint, q text, most bigint)
SELECT count(*) AS found, count(*) AS looked
  FROM (SELECT
          FROM bill b
         WHERE b.org_id = $1
           AND b.created_at
               >= COALESCE('epoch'::timestamptz + $4::bigint * interval '1 microsecond', '-infinity')
           AND b.created_at
               < COALESCE('epoch'::timestamptz + $5::bigint * interval '1 microsecond', 'infinity')
           AND ($2::bill_status IS NULL OR b.status = $2::bill_status)
           AND ($3::text IS NULL
                OR b.created_by IN (SELECT u.id
                                      FROM users u
                                     WHERE u.org_id = $1
                                       AND lower(u.username) = lower($3::text)))
           AND ($6::text IS NULL OR strpos(b.code, $6::text) > 0
                OR strpos(b.description_key, $6::text) > 0)
         LIMIT $7::bigint) b;

-- bill_put(slot integer, bill_id bigint, description text, capacity integer, status bill_status,
--     short_reason text, description_key text)
-- The bill is locked (bill_lock), so `old` is how it stands. The hours count completions; one that is
-- taken back stays one.
WITH old AS MATERIALIZED (
    SELECT status = 'completed' AS done FROM bill WHERE org_id = $1 AND id = $3
), changed AS (
    UPDATE bill b
       SET description = $4, capacity = $5::integer, status = $6::bill_status, short_reason = $7,
           description_key = $8,
           returned = CASE WHEN $6::bill_status = 'completed' THEN b.returned ELSE 0 END,
           updated_at = now()
     WHERE b.org_id = $1
       AND b.id = $3
    RETURNING b.status = 'completed' AS done
), step AS MATERIALIZED (
    SELECT c.done::integer - o.done::integer AS done FROM changed c, old o
), counted AS (
    INSERT INTO counter AS c (org_id, slot, bills_done)
    SELECT $1, $2::integer, done
      FROM step
     WHERE done <> 0
        ON CONFLICT (org_id, slot) DO UPDATE SET bills_done = c.bills_done + EXCLUDED.bills_done
)
INSERT INTO counter_hour AS c (org_id, day, hour, slot, bills_completed)
SELECT $1, local::date, extract(hour FROM local)::integer, $2::integer, done
  FROM step, (SELECT now() AT TIME ZONE o.time_zone AS local FROM org o WHERE o.org_id = $1) m
 WHERE done > 0
    ON CONFLICT (org_id, day, hour, slot) DO UPDATE
   SET bills_completed = c.bills_completed + EXCLUDED.bills_completed;

-- bill_delete(slot integer, code text, user_id id)
-- The bill goes, its bags are free, and each bag's history says so. Locks bags before the bill, as
-- everywhere; a bag that was put on it in between shows as a difference to `linked`.
WITH locked AS MATERIALIZED (
    SELECT b.id
      FROM bag b
     WHERE b.org_id = $1
       AND b.bill_id = (SELECT l.id FROM bill l WHERE l.org_id = $1 AND l.code = $3)
     ORDER BY b.code
       FOR NO KEY UPDATE
), doomed AS MATERIALIZED (
    SELECT l.id, l.capacity, l.status,
           CASE WHEN l.linked <> (SELECT count(*) FROM locked) THEN again('a new bag') END AS lost
      FROM bill l
     WHERE l.org_id = $1
       AND l.code = $3
       AND (SELECT count(*) FROM locked) >= 0
       FOR UPDATE
), freed AS (
    UPDATE bag b
       SET bill_id = NULL, changed_by = $4::bigint, changed_at = now()
      FROM doomed d
     WHERE b.org_id = $1
       AND b.id = ANY (ARRAY(SELECT id FROM locked))
    RETURNING b.id
), logged AS (
    -- Ids of version 7, as the devices make them: the month's partition and no other.
    INSERT INTO scan (org_id, id, at, parent_id, bill_id, user_id, kind, verdict, held, capacity,
                      closed)
    SELECT $1, (left(uuid7_floor(now())::text, 14) || '7' || right(gen_random_uuid()::text, 21))::uuid,
           now(), f.id, d.id, $4::bigint, 'unbill', 'done', 0, d.capacity, false
      FROM freed f, doomed d
), gone AS (
    DELETE FROM bill WHERE org_id = $1 AND id = ANY (ARRAY(SELECT id FROM doomed))
), counted AS (
    INSERT INTO counter AS c (org_id, slot, bills, bills_done)
    SELECT $1, $2::integer, -1, -(status = 'completed')::integer
      FROM doomed
        ON CONFLICT (org_id, slot) DO UPDATE
       SET bills = c.bills + EXCLUDED.bills, bills_done = c.bills_done + EXCLUDED.bills_done
)
SELECT (SELECT count(*) FROM freed) AS freed FROM doomed;
