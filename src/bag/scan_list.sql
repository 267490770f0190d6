-- part scan_list_bounds
-- Where the page goes on, and where the list ends.
SELECT LEAST('epoch'::timestamptz + :before_us::bigint * interval '1 microsecond',
                 'epoch'::timestamptz + :until_us::bigint * interval '1 microsecond', 'infinity') AS at,
           CASE WHEN :before_us::bigint <= COALESCE(:until_us::bigint, :before_us::bigint)
                THEN :before_id::uuid
                ELSE '00000000-0000-0000-0000-000000000000'
           END AS id,
           COALESCE('epoch'::timestamptz + :since_us::bigint * interval '1 microsecond', '-infinity')
               AS since;

-- part scan_list_user_id
(SELECT u.id
              FROM users u
             WHERE u.org_id = $1
               AND lower(u.username) = lower(:username::text)
             ORDER BY u.id DESC
             LIMIT 1) AS user_id;

-- part scan_list_in_area
(:own_area::bigint IS NULL
                      OR COALESCE((SELECT p.area_id
                                     FROM bag p
                                    WHERE p.org_id = $1
                                      AND p.id = w.parent_id), :own_area::bigint) = :own_area::bigint);

-- part scan_list_older
k.at <= (SELECT q.at FROM asked q)
                   AND k.at >= (SELECT q.since FROM asked q)
                   AND (k.at, k.id) < (SELECT q.at, q.id FROM asked q)
                 ORDER BY k.at DESC, k.id DESC
                 LIMIT :walk::bigint;

-- part scan_list_rows
-- What a list shows of its page.
SELECT COALESCE(s.fits, false) AS fits, s.ends,
       (extract(epoch FROM s.at) * 1000000)::bigint AS us, s.id, s.at, s.recorded_at, s.kind, s.verdict,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = s.user_id) AS user,
       COALESCE((SELECT p.code FROM bag p WHERE p.org_id = $1 AND p.id = s.parent_id),
                (SELECT d.code FROM deleted_bag d WHERE d.org_id = $1 AND d.id = s.parent_id)) AS parent,
       COALESCE((SELECT c.code FROM bag c WHERE c.org_id = $1 AND c.id = s.child_id),
                (SELECT d.code FROM deleted_bag d WHERE d.org_id = $1 AND d.id = s.child_id)) AS child,
       (SELECT l.code FROM bill l WHERE l.org_id = $1 AND l.id = s.bill_id) AS bill,
       (SELECT t.code FROM return_ticket t WHERE t.org_id = $1 AND t.id = s.ticket_id) AS ticket,
       s.scanned, s.reason
  FROM (SELECT s.*, s.n = :walk::bigint AS ends
          FROM walk s
         WHERE s.fits
            OR s.n = :walk::bigint
         LIMIT :limit::bigint) s
 ORDER BY s.at DESC, s.id DESC;

-- scan_list(before_us bigint, before_id uuid, limit bigint, walk bigint, own_area id, kind scan_kind,
--     since_us bigint, until_us bigint)
-- Newest first: a walk. What the index comes by is looked at until there are enough that fit, or `walk`
-- were looked at; then the last one comes along as the place to go on from. The bounds are scalar
-- subqueries: a join would lose the index.
WITH asked AS MATERIALIZED (
    @scan_list_bounds
      FROM org o
     WHERE o.org_id = $1
), walk AS MATERIALIZED (
    SELECT w.*, (:kind::scan_kind IS NULL OR w.kind = :kind::scan_kind) AND @scan_list_in_area AS fits
      FROM (
          SELECT k.*, row_number() OVER (ORDER BY k.at DESC, k.id DESC) AS n
            FROM scan k
           WHERE k.org_id = $1
             AND @scan_list_older) w
)
@scan_list_rows;

-- scan_list_user(before_us bigint, before_id uuid, limit bigint, walk bigint, own_area id,
--     kind scan_kind, username text, since_us bigint, until_us bigint)
-- The same of one person.
WITH asked AS MATERIALIZED (
    @scan_list_bounds, @scan_list_user_id
      FROM org o
     WHERE o.org_id = $1
), walk AS MATERIALIZED (
    SELECT w.*, (:kind::scan_kind IS NULL OR w.kind = :kind::scan_kind) AND @scan_list_in_area AS fits
      FROM (
          SELECT k.*, row_number() OVER (ORDER BY k.at DESC, k.id DESC) AS n
            FROM scan k
           WHERE k.org_id = $1
             AND k.user_id = (SELECT q.user_id FROM asked q)
             AND @scan_list_older) w
)
@scan_list_rows;

-- scan_list_kind(before_us bigint, before_id uuid, limit bigint, walk bigint, own_area id,
--     kind scan_kind, username text, since_us bigint, until_us bigint)
-- The same of a kind that is rare: any but links.
WITH asked AS MATERIALIZED (
    @scan_list_bounds, @scan_list_user_id
      FROM org o
     WHERE o.org_id = $1
), walk AS MATERIALIZED (
    SELECT w.*,
           (:username::text IS NULL OR w.user_id = (SELECT q.user_id FROM asked q))
           AND @scan_list_in_area AS fits
      FROM (
          SELECT k.*, row_number() OVER (ORDER BY k.at DESC, k.id DESC) AS n
            FROM scan k
           WHERE k.org_id = $1
             AND k.kind = :kind::scan_kind
             AND k.kind <> 'link'
             AND @scan_list_older) w
)
@scan_list_rows;

-- scan_list_bag_id(code text, own_area id)
-- The bag that has the code, or had it last. No row for one of another area.
SELECT id
  FROM ((SELECT b.id, b.area_id, true AS is_there, now() AS at
           FROM bag b
          WHERE b.org_id = $1
            AND b.code = $2)
         UNION ALL
        (SELECT d.id, d.area_id, false, d.deleted_at
           FROM deleted_bag d
          WHERE d.org_id = $1
            AND d.code = $2
          ORDER BY d.deleted_at DESC
          LIMIT 1)) b
 WHERE $3::bigint IS NULL
    OR b.area_id IS NULL
    OR b.area_id = $3::bigint
 ORDER BY b.is_there DESC, b.at DESC
 LIMIT 1;

-- scan_list_bag(before_us bigint, before_id uuid, limit bigint, walk bigint, kind scan_kind,
--     username text, bag_id bigint, since_us bigint, until_us bigint)
-- The same of one bag, which is a parent or a child.
WITH asked AS MATERIALIZED (
    @scan_list_bounds, @scan_list_user_id
      FROM org o
     WHERE o.org_id = $1
), walk AS MATERIALIZED (
    SELECT w.*,
           (:kind::scan_kind IS NULL OR w.kind = :kind::scan_kind)
           AND (:username::text IS NULL OR w.user_id = (SELECT q.user_id FROM asked q)) AS fits
      FROM (
          SELECT k.*, row_number() OVER (ORDER BY k.at DESC, k.id DESC) AS n
            FROM ((SELECT *
                     FROM scan k
                    WHERE k.org_id = $1
                      AND k.parent_id = :bag_id::bigint
                      AND @scan_list_older)
                  UNION ALL
                  (SELECT *
                     FROM scan k
                    WHERE k.org_id = $1
                      AND k.child_id = :bag_id::bigint
                      AND @scan_list_older)) k
           ORDER BY k.at DESC, k.id DESC
           LIMIT :walk::bigint) w
)
@scan_list_rows;

-- scan_count(most bigint, own_area id, kind scan_kind, since_us bigint, until_us bigint)
-- How many of the first `most` that the walk comes by fit, and how many those were.
SELECT count(*) FILTER (WHERE ($4::scan_kind IS NULL OR w.kind = $4::scan_kind)
                          AND ($3::bigint IS NULL
                               OR COALESCE((SELECT p.area_id
                                              FROM bag p
                                             WHERE p.org_id = $1
                                               AND p.id = w.parent_id), $3::bigint) = $3::bigint)) AS found,
       count(*) AS looked
  FROM (SELECT k.kind, k.user_id, k.parent_id
          FROM scan k
         WHERE k.org_id = $1
           AND k.at >= COALESCE('epoch'::timestamptz + $5::bigint * interval '1 microsecond', '-infinity')
           AND k.at < COALESCE('epoch'::timestamptz + $6::bigint * interval '1 microsecond', 'infinity')
         LIMIT $2::bigint) w;

-- scan_count_user(most bigint, own_area id, kind scan_kind, username text, since_us bigint,
--     until_us bigint)
-- The same of one person.
SELECT count(*) FILTER (WHERE ($4::scan_kind IS NULL OR w.kind = $4::scan_kind)
                          AND ($3::bigint IS NULL
                               OR COALESCE((SELECT p.area_id
                                              FROM bag p
                                             WHERE p.org_id = $1
                                               AND p.id = w.parent_id), $3::bigint) = $3::bigint)) AS found,
       count(*) AS looked
  FROM (SELECT k.kind, k.user_id, k.parent_id
          FROM scan k
         WHERE k.org_id = $1
           AND k.user_id = (SELECT u.id
                              FROM users u
                             WHERE u.org_id = $1
                               AND lower(u.username) = lower($5::text)
                             ORDER BY u.id DESC
                             LIMIT 1)
           AND k.at >= COALESCE('epoch'::timestamptz + $6::bigint * interval '1 microsecond', '-infinity')
           AND k.at < COALESCE('epoch'::timestamptz + $7::bigint * interval '1 microsecond', 'infinity')
         LIMIT $2::bigint) w;

-- scan_count_kind(most bigint, own_area id, kind scan_kind, username text, since_us bigint,
--     until_us bigint)
-- The same of a kind that is rare.
SELECT count(*) FILTER (WHERE ($5::text IS NULL
                               OR w.user_id = (SELECT u.id
                                                 FROM users u
                                                WHERE u.org_id = $1
                                                  AND lower(u.username) = lower($5::text)
                                                ORDER BY u.id DESC
                                                LIMIT 1))
                          AND ($3::bigint IS NULL
                               OR COALESCE((SELECT p.area_id
                                              FROM bag p
                                             WHERE p.org_id = $1
                                               AND p.id = w.parent_id), $3::bigint) = $3::bigint)) AS found,
       count(*) AS looked
  FROM (SELECT k.kind, k.user_id, k.parent_id
          FROM scan k
         WHERE k.org_id = $1
           AND k.kind = $4::scan_kind
           AND k.kind <> 'link'
           AND k.at >= COALESCE('epoch'::timestamptz + $6::bigint * interval '1 microsecond', '-infinity')
           AND k.at < COALESCE('epoch'::timestamptz + $7::bigint * interval '1 microsecond', 'infinity')
         LIMIT $2::bigint) w;

-- scan_count_bag(most bigint, kind scan_kind, username text, bag_id bigint, since_us bigint,
--     until_us bigint)
-- The same of one bag.
SELECT count(*) FILTER (WHERE ($3::scan_kind IS NULL OR w.kind = $3::scan_kind)
                          AND ($4::text IS NULL
                               OR w.user_id = (SELECT u.id
                                                 FROM users u
                                                WHERE u.org_id = $1
                                                  AND lower(u.username) = lower($4::text)
                                                ORDER BY u.id DESC
                                                LIMIT 1))) AS found,
       count(*) AS looked
  FROM ((SELECT k.at, k.kind, k.user_id
           FROM scan k
          WHERE k.org_id = $1
            AND k.parent_id = $5::bigint
          LIMIT $2::bigint)
         UNION ALL
        (SELECT k.at, k.kind, k.user_id
           FROM scan k
          WHERE k.org_id = $1
            AND k.child_id = $5::bigint
          LIMIT $2::bigint)) w
 WHERE w.at >= COALESCE('epoch'::timestamptz + $6::bigint * interval '1 microsecond', '-infinity')
   AND w.at < COALESCE('epoch'::timestamptz + $7::bigint * interval '1 microsecond', 'infinity');
