-- bag_list(path text, before_us bigint, before_id bigint, before_code text, limit bigint, walk bigint,
--     own_area id, cells bigint[], family text, area text, username text, since_us bigint,
--     until_us bigint, prefix text, prefix_end text)
-- Newest first; by the beginning of a code, in the order of the codes; all of them, and all parents or
-- children, as they were made. Each branch is what one index is
-- for, and only the one that `path` names has rows. Of cells all fit. The other branches are walks: what
-- they come by is looked at until there are enough that fit, or `walk` were looked at; then the last
-- one comes along as the place to go on from. The bounds are scalar subqueries: a join would lose the
-- indexes.
WITH asked AS MATERIALIZED (
    SELECT LEAST('epoch'::timestamptz + $3::bigint * interval '1 microsecond',
                 'epoch'::timestamptz + $14::bigint * interval '1 microsecond', 'infinity') AS at,
           CASE WHEN $3::bigint <= COALESCE($14::bigint, $3::bigint) THEN $4::bigint ELSE 0 END AS id,
           COALESCE('epoch'::timestamptz + $13::bigint * interval '1 microsecond', '-infinity') AS since,
           (SELECT u.id
              FROM users u
             WHERE u.org_id = $1
               AND lower(u.username) = lower($12::text)
             ORDER BY u.id DESC
             LIMIT 1) AS user_id,
           (SELECT f.id FROM bag_family f WHERE f.org_id = $1 AND f.name_key = $10::text) AS family_id,
           -- of what areas bags are shown; 0 is none
           ARRAY(SELECT s.id
                   FROM (SELECT 0 AS id, NULL AS name_key
                          UNION ALL
                         SELECT a.id, a.name_key FROM area a WHERE a.org_id = $1) s
                  WHERE ($11::text IS NULL OR s.name_key = $11::text)
                    AND ($8::bigint IS NULL OR s.id IN (0, $8::bigint))) AS areas
      FROM org o
     WHERE o.org_id = $1
), page AS MATERIALIZED (
    SELECT w.id, w.n = $7::bigint AS ends, w.fits
      FROM (
          (SELECT b.id, b.n, bag_cell(b.kind, b.status, b.parent_id, b.bill_id) = ANY ($9::bigint[])
             FROM (SELECT b.*, row_number() OVER (ORDER BY b.id DESC) AS n
                     FROM bag b
                    WHERE $2::text = 'all'
                      AND b.org_id = $1
                      AND b.id < COALESCE($4::bigint, 9223372036854775807)
                    ORDER BY b.id DESC
                    LIMIT $7::bigint) b)
           UNION ALL
          (SELECT b.id, 0, true
             FROM bag b
            WHERE $2::text = 'parents'
              AND b.org_id = $1
              AND b.kind = 'parent'
              AND b.id < COALESCE($4::bigint, 9223372036854775807)
            ORDER BY b.id DESC
            LIMIT $6::bigint)
           UNION ALL
          (SELECT b.id, 0, true
             FROM unnest((SELECT q.areas FROM asked q)) AS a (id),
                  unnest($9::bigint[]) AS c (id)
            CROSS JOIN LATERAL (
                SELECT b.id, b.created_at
                  FROM bag b
                 WHERE $2::text = 'cells'
                   AND b.org_id = $1
                   AND COALESCE(b.area_id, 0) = a.id
                   AND bag_cell(b.kind, b.status, b.parent_id, b.bill_id) = c.id
                   AND (b.created_at, b.id) < (SELECT q.at, q.id FROM asked q)
                   AND b.created_at >= (SELECT q.since FROM asked q)
                 ORDER BY b.created_at DESC, b.id DESC
                 LIMIT $6::bigint) b
            ORDER BY b.created_at DESC, b.id DESC
            LIMIT $6::bigint)
           UNION ALL
          (SELECT b.id, b.n,
                  COALESCE(b.area_id, 0) = ANY ((SELECT q.areas FROM asked q)::bigint[])
                  AND bag_cell(b.kind, b.status, b.parent_id, b.bill_id) = ANY ($9::bigint[])
                  AND ($10::text IS NULL OR b.family_id = (SELECT q.family_id FROM asked q))
             FROM (SELECT b.*, row_number() OVER (ORDER BY b.created_at DESC, b.id DESC) AS n
                     FROM bag b
                    WHERE $2::text = 'user'
                      AND b.org_id = $1
                      AND b.created_by = (SELECT q.user_id FROM asked q)
                      AND (b.created_at, b.id) < (SELECT q.at, q.id FROM asked q)
                      AND b.created_at >= (SELECT q.since FROM asked q)
                    ORDER BY b.created_at DESC, b.id DESC
                    LIMIT $7::bigint) b)
           UNION ALL
          (SELECT b.id, b.n,
                  COALESCE(b.area_id, 0) = ANY ((SELECT q.areas FROM asked q)::bigint[])
                  AND bag_cell(b.kind, b.status, b.parent_id, b.bill_id) = ANY ($9::bigint[])
             FROM (SELECT b.*, row_number() OVER (ORDER BY b.created_at DESC, b.id DESC) AS n
                     FROM bag b
                    WHERE $2::text = 'family'
                      AND b.org_id = $1
                      AND b.family_id = (SELECT q.family_id FROM asked q)
                      AND (b.created_at, b.id) < (SELECT q.at, q.id FROM asked q)
                      AND b.created_at >= (SELECT q.since FROM asked q)
                    ORDER BY b.created_at DESC, b.id DESC
                    LIMIT $7::bigint) b)
           UNION ALL
          (SELECT b.id, b.n,
                  COALESCE(b.area_id, 0) = ANY ((SELECT q.areas FROM asked q)::bigint[])
                  AND bag_cell(b.kind, b.status, b.parent_id, b.bill_id) = ANY ($9::bigint[])
                  AND ($10::text IS NULL OR b.family_id = (SELECT q.family_id FROM asked q))
                  AND ($12::text IS NULL OR b.created_by = (SELECT q.user_id FROM asked q))
                  AND b.created_at >= (SELECT q.since FROM asked q)
                  AND ($14::bigint IS NULL
                       OR b.created_at < 'epoch'::timestamptz + $14::bigint * interval '1 microsecond')
             FROM (SELECT b.*, row_number() OVER (ORDER BY b.code) AS n
                     FROM bag b
                    WHERE $2::text = 'code'
                      AND b.org_id = $1
                      AND b.code >= $15
                      AND b.code < $16
                      AND b.code > COALESCE($5::text, '')
                    ORDER BY b.code
                    LIMIT $7::bigint) b)
           ) AS w (id, n, fits)
     WHERE w.fits
        OR w.n = $7::bigint
     LIMIT $6::bigint
)
SELECT COALESCE(p.fits, false) AS fits, p.ends,
       (extract(epoch FROM b.created_at) * 1000000)::bigint AS us, b.id,
       b.code AS qr, b.kind,
       (SELECT f.name FROM bag_family f WHERE f.org_id = $1 AND f.id = b.family_id) AS family, b.status,
       (SELECT a.name FROM area a WHERE a.org_id = $1 AND a.id = b.area_id) AS area,
       CASE WHEN b.kind = 'parent' THEN b.child_count END AS child_count, b.capacity,
       b.weight_g AS weight_kg,
       (SELECT p.code
          FROM bag p
         WHERE p.org_id = $1
           AND p.id = b.parent_id
           AND ($8::bigint IS NULL OR COALESCE(p.area_id, $8::bigint) = $8::bigint)) AS parent,
       (SELECT l.code FROM bill l WHERE l.org_id = $1 AND l.id = b.bill_id) AS bill, b.created_at,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = b.created_by) AS created_by
  FROM page p
 CROSS JOIN LATERAL (SELECT * FROM bag b WHERE b.org_id = $1 AND b.id = p.id LIMIT 1) b
 ORDER BY CASE WHEN $2::text = 'code' THEN b.code END,
          CASE WHEN $2::text NOT IN ('all', 'parents') THEN b.created_at END DESC, b.id DESC;

-- bag_count(path text, most bigint, own_area id, cells bigint[], family text, area text, username text,
--     since_us bigint, until_us bigint, prefix text, prefix_end text)
-- How many of the first `most` that the walk comes by fit, and how many those were.
WITH asked AS MATERIALIZED (
    SELECT COALESCE('epoch'::timestamptz + $10::bigint * interval '1 microsecond', 'infinity') AS until,
           COALESCE('epoch'::timestamptz + $9::bigint * interval '1 microsecond', '-infinity') AS since,
           (SELECT u.id
              FROM users u
             WHERE u.org_id = $1
               AND lower(u.username) = lower($8::text)
             ORDER BY u.id DESC
             LIMIT 1) AS user_id,
           (SELECT f.id FROM bag_family f WHERE f.org_id = $1 AND f.name_key = $6::text) AS family_id,
           ARRAY(SELECT s.id
                   FROM (SELECT 0 AS id, NULL AS name_key
                          UNION ALL
                         SELECT a.id, a.name_key FROM area a WHERE a.org_id = $1) s
                  WHERE ($7::text IS NULL OR s.name_key = $7::text)
                    AND ($4::bigint IS NULL OR s.id IN (0, $4::bigint))) AS areas
      FROM org o
     WHERE o.org_id = $1
)
SELECT count(*) FILTER (WHERE w.fits) AS found, count(*) AS looked
  FROM (
      (SELECT true AS fits
         FROM unnest((SELECT q.areas FROM asked q)) AS a (id), unnest($5::bigint[]) AS c (id)
        CROSS JOIN LATERAL (
            SELECT
              FROM bag b
             WHERE $2::text = 'cells'
               AND b.org_id = $1
               AND COALESCE(b.area_id, 0) = a.id
               AND bag_cell(b.kind, b.status, b.parent_id, b.bill_id) = c.id
               AND b.created_at < (SELECT q.until FROM asked q)
               AND b.created_at >= (SELECT q.since FROM asked q)
             LIMIT $3::bigint) b
        LIMIT $3::bigint)
       UNION ALL
      (SELECT COALESCE(b.area_id, 0) = ANY ((SELECT q.areas FROM asked q)::bigint[])
              AND bag_cell(b.kind, b.status, b.parent_id, b.bill_id) = ANY ($5::bigint[])
              AND ($6::text IS NULL OR b.family_id = (SELECT q.family_id FROM asked q))
         FROM bag b
        WHERE $2::text = 'user'
          AND b.org_id = $1
          AND b.created_by = (SELECT q.user_id FROM asked q)
          AND b.created_at < (SELECT q.until FROM asked q)
          AND b.created_at >= (SELECT q.since FROM asked q)
        LIMIT $3::bigint)
       UNION ALL
      (SELECT COALESCE(b.area_id, 0) = ANY ((SELECT q.areas FROM asked q)::bigint[])
              AND bag_cell(b.kind, b.status, b.parent_id, b.bill_id) = ANY ($5::bigint[])
         FROM bag b
        WHERE $2::text = 'family'
          AND b.org_id = $1
          AND b.family_id = (SELECT q.family_id FROM asked q)
          AND b.created_at < (SELECT q.until FROM asked q)
          AND b.created_at >= (SELECT q.since FROM asked q)
        LIMIT $3::bigint)
       UNION ALL
      (SELECT COALESCE(b.area_id, 0) = ANY ((SELECT q.areas FROM asked q)::bigint[])
              AND bag_cell(b.kind, b.status, b.parent_id, b.bill_id) = ANY ($5::bigint[])
              AND ($6::text IS NULL OR b.family_id = (SELECT q.family_id FROM asked q))
              AND ($8::text IS NULL OR b.created_by = (SELECT q.user_id FROM asked q))
              AND b.created_at < (SELECT q.until FROM asked q)
              AND b.created_at >= (SELECT q.since FROM asked q)
         FROM bag b
        WHERE $2::text = 'code'
          AND b.org_id = $1
          AND b.code >= $11
          AND b.code < $12
        LIMIT $3::bigint)
  ) AS w (fits);

-- bag_counters()
-- What the counters know without counting.
SELECT COALESCE(sum(children - linked), 0)::bigint AS free,
       COALESCE(sum(linked), 0)::bigint AS packed,
       COALESCE(sum(parents - in_progress - completed), 0)::bigint AS pending,
       COALESCE(sum(in_progress), 0)::bigint AS in_progress,
       COALESCE(sum(completed), 0)::bigint AS completed
  FROM counter
 WHERE org_id = $1;
