-- part bag_list_named
-- What the filters name, and of what areas bags are shown; 0 is none.
COALESCE('epoch'::timestamptz + :since_us::bigint * interval '1 microsecond', '-infinity') AS since,
           (SELECT u.id
              FROM users u
             WHERE u.org_id = $1
               AND lower(u.username) = lower(:username::text)
             ORDER BY u.id DESC
             LIMIT 1) AS user_id,
           (SELECT f.id FROM bag_family f WHERE f.org_id = $1 AND f.name_key = :family::text) AS family_id,
           ARRAY(SELECT s.id
                   FROM (SELECT 0 AS id, NULL AS name_key
                          UNION ALL
                         SELECT a.id, a.name_key FROM area a WHERE a.org_id = $1) s
                  WHERE (:area::text IS NULL OR s.name_key = :area::text)
                    AND (:own_area::bigint IS NULL OR s.id IN (0, :own_area::bigint))) AS areas
      FROM org o
     WHERE o.org_id = $1;

-- part bag_list_fits
-- Whether a bag that was found by its maker, its family or its code fits the other filters.
COALESCE(b.area_id, 0) = ANY ((SELECT q.areas FROM asked q)::bigint[])
                  AND bag_cell(b.kind, b.status, b.parent_id, b.bill_id) = ANY (:cells::bigint[])
                  AND (:family::text IS NULL OR b.family_id = (SELECT q.family_id FROM asked q));

-- part bag_list_fits_all
@bag_list_fits
                  AND (:username::text IS NULL OR b.created_by = (SELECT q.user_id FROM asked q))
                  AND b.created_at >= (SELECT q.since FROM asked q);

-- part bag_list_older
-- Before where the page goes on, newest first.
(b.created_at, b.id) < (SELECT q.at, q.id FROM asked q)
                      AND b.created_at >= (SELECT q.since FROM asked q)
                    ORDER BY b.created_at DESC, b.id DESC;

-- part bag_list_of_cells
(SELECT b.id, 0, true
             FROM unnest((SELECT q.areas FROM asked q)) AS a (id),
                  unnest(:cells::bigint[]) AS c (id)
            CROSS JOIN LATERAL (
                SELECT b.id, b.created_at
                  FROM bag b
                 WHERE :path::text = 'cells'
                   AND b.org_id = $1
                   AND COALESCE(b.area_id, 0) = a.id
                   AND bag_cell(b.kind, b.status, b.parent_id, b.bill_id) = c.id
                   AND @bag_list_older
                 LIMIT :limit::bigint) b
            ORDER BY b.created_at DESC, b.id DESC
            LIMIT :limit::bigint);

-- part bag_list_of_user
(SELECT b.id, b.n, @bag_list_fits
             FROM (SELECT b.*, row_number() OVER (ORDER BY b.created_at DESC, b.id DESC) AS n
                     FROM bag b
                    WHERE :path::text = 'user'
                      AND b.org_id = $1
                      AND b.created_by = (SELECT q.user_id FROM asked q)
                      AND @bag_list_older
                    LIMIT :walk::bigint) b);

-- part bag_list_of_family
(SELECT b.id, b.n, @bag_list_fits
             FROM (SELECT b.*, row_number() OVER (ORDER BY b.created_at DESC, b.id DESC) AS n
                     FROM bag b
                    WHERE :path::text = 'family'
                      AND b.org_id = $1
                      AND b.family_id = (SELECT q.family_id FROM asked q)
                      AND @bag_list_older
                    LIMIT :walk::bigint) b);

-- part bag_list_of_code
(SELECT b.id, b.n,
                  @bag_list_fits_all
                  AND (:until_us::bigint IS NULL
                       OR b.created_at < 'epoch'::timestamptz + :until_us::bigint * interval '1 microsecond')
             FROM (SELECT b.*, row_number() OVER (ORDER BY b.code) AS n
                     FROM bag b
                    WHERE :path::text = 'code'
                      AND b.org_id = $1
                      AND b.code >= :prefix
                      AND b.code < :prefix_end
                      AND b.code > COALESCE(:before_code::text, '')
                    ORDER BY b.code
                    LIMIT :walk::bigint) b);

-- part bag_list_of_all
(SELECT b.id, b.n, bag_cell(b.kind, b.status, b.parent_id, b.bill_id) = ANY (:cells::bigint[])
             FROM (SELECT b.*, row_number() OVER (ORDER BY b.id DESC) AS n
                     FROM bag b
                    WHERE :path::text = 'all'
                      AND b.org_id = $1
                      AND b.id < COALESCE(:before_id::bigint, 9223372036854775807)
                    ORDER BY b.id DESC
                    LIMIT :walk::bigint) b)
           UNION ALL
          (SELECT b.id, 0, true
             FROM bag b
            WHERE :path::text = 'parents'
              AND b.org_id = $1
              AND b.kind = 'parent'
              AND b.id < COALESCE(:before_id::bigint, 9223372036854775807)
            ORDER BY b.id DESC
            LIMIT :limit::bigint);

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
    SELECT LEAST('epoch'::timestamptz + :before_us::bigint * interval '1 microsecond',
                 'epoch'::timestamptz + :until_us::bigint * interval '1 microsecond', 'infinity') AS at,
           CASE WHEN :before_us::bigint <= COALESCE(:until_us::bigint, :before_us::bigint)
                THEN :before_id::bigint
                ELSE 0
           END AS id,
           @bag_list_named
), page AS MATERIALIZED (
    SELECT w.id, w.n = :walk::bigint AS ends, w.fits
      FROM (
          @bag_list_of_all
           UNION ALL
          @bag_list_of_cells
           UNION ALL
          @bag_list_of_user
           UNION ALL
          @bag_list_of_family
           UNION ALL
          @bag_list_of_code
           ) AS w (id, n, fits)
     WHERE w.fits
        OR w.n = :walk::bigint
     LIMIT :limit::bigint
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
           AND (:own_area::bigint IS NULL OR COALESCE(p.area_id, :own_area::bigint) = :own_area::bigint)) AS parent,
       (SELECT l.code FROM bill l WHERE l.org_id = $1 AND l.id = b.bill_id) AS bill, b.created_at,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = b.created_by) AS created_by
  FROM page p
 CROSS JOIN LATERAL (SELECT * FROM bag b WHERE b.org_id = $1 AND b.id = p.id LIMIT 1) b
 ORDER BY CASE WHEN :path::text = 'code' THEN b.code END,
          CASE WHEN :path::text NOT IN ('all', 'parents') THEN b.created_at END DESC, b.id DESC;

-- part bag_count_between
b.created_at < (SELECT q.until FROM asked q)
          AND b.created_at >= (SELECT q.since FROM asked q)
        LIMIT :most::bigint;

-- bag_count(path text, most bigint, own_area id, cells bigint[], family text, area text, username text,
--     since_us bigint, until_us bigint, prefix text, prefix_end text)
-- How many of the first `most` that the walk comes by fit, and how many those were.
WITH asked AS MATERIALIZED (
    SELECT COALESCE('epoch'::timestamptz + :until_us::bigint * interval '1 microsecond', 'infinity') AS until,
           @bag_list_named
)
SELECT count(*) FILTER (WHERE w.fits) AS found, count(*) AS looked
  FROM (
      (SELECT true AS fits
         FROM unnest((SELECT q.areas FROM asked q)) AS a (id), unnest(:cells::bigint[]) AS c (id)
        CROSS JOIN LATERAL (
            SELECT
              FROM bag b
             WHERE :path::text = 'cells'
               AND b.org_id = $1
               AND COALESCE(b.area_id, 0) = a.id
               AND bag_cell(b.kind, b.status, b.parent_id, b.bill_id) = c.id
               AND @bag_count_between) b
        LIMIT :most::bigint)
       UNION ALL
      (SELECT @bag_list_fits
         FROM bag b
        WHERE :path::text = 'user'
          AND b.org_id = $1
          AND b.created_by = (SELECT q.user_id FROM asked q)
          AND @bag_count_between)
       UNION ALL
      (SELECT @bag_list_fits
         FROM bag b
        WHERE :path::text = 'family'
          AND b.org_id = $1
          AND b.family_id = (SELECT q.family_id FROM asked q)
          AND @bag_count_between)
       UNION ALL
      (SELECT @bag_list_fits_all
              AND b.created_at < (SELECT q.until FROM asked q)
         FROM bag b
        WHERE :path::text = 'code'
          AND b.org_id = $1
          AND b.code >= :prefix
          AND b.code < :prefix_end
        LIMIT :most::bigint)
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
