-- label_lock()
-- Until the end of the transaction nobody else in the organisation prints.
SELECT org_id FROM org WHERE org_id = $1 FOR NO KEY UPDATE;

-- label_taken(codes text[])
-- How many of the codes are bags, and the first of them.
SELECT count(*) AS bags, min(b.code) AS code
  FROM unnest($2::text[]) AS s (code)
  JOIN bag b ON b.org_id = $1
            AND b.code = s.code;

-- label_printed(stem text, low bigint, high bigint)
-- An earlier run with a code of this range, and the first such number.
SELECT GREATEST(r.low, $3::bigint) AS number,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = r.user_id) AS username
  FROM label_run r
 WHERE r.org_id = $1
   AND r.stem = $2
   AND r.low <= $4::bigint
   AND r.high >= $3::bigint
 ORDER BY r.low
 LIMIT 1;

-- label_keep(family_id id, first text, last text, stem text, low bigint, high bigint, labels integer, paper text,
--     format text, user_id id)
INSERT INTO label_run (org_id, family_id, first, last, stem, low, high, labels, paper, format, user_id)
VALUES ($1, $2::bigint::integer, $3, $4, $5, $6, $7, $8, $9, $10, $11)
RETURNING id;

-- label_last(family_id integer)
-- The last code of the family's latest range.
SELECT r.last AS code
  FROM label_run r
 WHERE r.org_id = $1
   AND r.family_id = $2::integer
   AND r.stem IS NOT NULL
 ORDER BY r.at DESC, r.id DESC
 LIMIT 1;

-- label_greatest(family_id integer, prefix text)
-- The family's greatest code, among the thousand greatest that begin as its codes do. '~' sorts after
-- every character of a code.
SELECT s.code
  FROM (SELECT b.code, b.family_id
          FROM bag b
         WHERE b.org_id = $1
           AND b.code >= $3
           AND b.code < $3 || '~'
         ORDER BY b.code DESC
         LIMIT 1000) s
 WHERE s.family_id = $2::integer
 ORDER BY s.code DESC
 LIMIT 1;

-- label_runs(before_us bigint, before_id bigint, count bigint)
-- Newest first.
SELECT (extract(epoch FROM r.at) * 1000000)::bigint AS us, r.id, r.at, r.first, r.last, r.labels, r.paper,
       r.format,
       (SELECT f.name FROM bag_family f WHERE f.org_id = $1 AND f.id = r.family_id) AS family,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = r.user_id) AS user
  FROM label_run r
 WHERE r.org_id = $1
   AND (r.at, r.id)
       < (COALESCE('epoch'::timestamptz + $2::bigint * interval '1 microsecond', 'infinity'),
          COALESCE($3::bigint, 0))
 ORDER BY r.at DESC, r.id DESC
 LIMIT $4::bigint;
