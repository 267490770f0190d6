-- part import_columns
-- All of struct import.
(extract(epoch FROM i.created_at) * 1000000)::bigint AS us, i.id, i.kind, i.status, i.dry_run,
       (SELECT a.name FROM area a WHERE a.org_id = $1 AND a.id = i.area_id) AS area,
       (SELECT string_agg(f.name, ', ' ORDER BY f.n)
          FROM import_file f
         WHERE f.org_id = $1
           AND f.import_id = i.id) AS files,
       (SELECT u.username FROM users u WHERE u.org_id = $1 AND u.id = i.user_id) AS user,
       i.created_at, i.started_at, i.ended_at, i.rows, i.done, i.created, i.linked, i.skipped, i.errors,
       extract(epoch FROM COALESCE(i.ended_at, clock_timestamp()) - i.started_at)::bigint AS seconds,
       i.reason, i.params, NULL::text AS detail
  FROM import i
 WHERE i.org_id = $1;

-- import_create(kind import_kind, dry_run boolean, area_id id, user_id bigint)
INSERT INTO import (org_id, kind, dry_run, area_id, user_id)
VALUES ($1, $2::import_kind, $3::boolean, $4::bigint, $5)
RETURNING id;

-- import_add_file(import_id bigint, n integer, name text, length bigint)
INSERT INTO import_file (org_id, import_id, n, name, length)
VALUES ($1, $2, $3::integer, $4, $5);

-- import_find(id bigint)
SELECT @import_columns
   AND i.id = :id::bigint;

-- import_list(before_us bigint, before_id bigint, count bigint)
-- Newest first.
SELECT @import_columns
   AND (i.created_at, i.id)
       < (COALESCE('epoch'::timestamptz + :before_us::bigint * interval '1 microsecond', 'infinity'),
          COALESCE(:before_id::bigint, 0))
 ORDER BY i.created_at DESC, i.id DESC
 LIMIT :count::bigint;

-- import_cancel(id bigint)
UPDATE import
   SET cancelled = true
 WHERE org_id = $1
   AND id = $2
   AND status IN ('queued', 'running');

-- import_rows(id bigint, outcome import_outcome, after bigint, count bigint)
SELECT r.n,
       (SELECT f.name FROM import_file f WHERE f.org_id = $1 AND f.import_id = $2 AND f.n = r.file) AS file,
       r.sheet, r.row, r.code, r.target, r.outcome, r.reason, r.params, NULL::text AS detail
  FROM import_row r
 WHERE r.org_id = $1
   AND r.import_id = $2
   AND r.n > $4
   AND ($3::import_outcome IS NULL OR r.outcome = $3::import_outcome)
 ORDER BY r.n
 LIMIT $5::bigint;

-- import_failed_rows(id bigint, after bigint, count bigint)
-- What the files have in the rows that were refused.
SELECT r.n, r.target, r.first, r.second, r.third
  FROM import_row r
 WHERE r.org_id = $1
   AND r.import_id = $2
   AND r.n > $3
   AND r.outcome = 'error'
 ORDER BY r.n
 LIMIT $4::bigint;

-- import_expire(days integer)
WITH gone AS (
    DELETE FROM import
     WHERE org_id = $1
       AND ended_at < now() - make_interval(days => $2::integer)
    RETURNING id
)
DELETE FROM import_row r
 USING gone g
 WHERE r.org_id = $1
   AND r.import_id = g.id;

-- import_file_list(id bigint)
SELECT f.n, f.name, f.length
  FROM import_file f
 WHERE f.org_id = $1
   AND f.import_id = $2
 ORDER BY f.n;

-- import_piece_read(id bigint, file bigint, n bigint)
-- As hexadecimal digits.
SELECT encode(p.bytes, 'hex') AS hex
  FROM import_piece p
 WHERE p.org_id = $1
   AND p.import_id = $2
   AND p.file = $3::bigint
   AND p.n = $4::bigint;

-- import_state(id bigint)
-- What its job has to know.
SELECT i.kind, i.status, i.dry_run, COALESCE(i.area_id, 0) AS area_id, i.user_id, i.rows, i.done, i.cancelled
  FROM import i
 WHERE i.org_id = $1
   AND i.id = $2;

-- import_begin(id bigint, rows bigint)
-- All files were read once: so many rows are not blank.
UPDATE import
   SET status = 'running', rows = $3::bigint, started_at = COALESCE(started_at, clock_timestamp())
 WHERE org_id = $1
   AND id = $2;

-- import_progress(id bigint, done bigint, created bigint, linked bigint, skipped bigint, errors bigint)
-- Some rows more are done. Says whether somebody wants it to end.
UPDATE import
   SET done = $3, created = created + $4, linked = linked + $5, skipped = skipped + $6, errors = errors + $7
 WHERE org_id = $1
   AND id = $2
RETURNING cancelled;

-- import_end(id bigint, status import_status, reason text, params text)
UPDATE import
   SET status = $3::import_status, ended_at = clock_timestamp(), reason = $4, params = $5
 WHERE org_id = $1
   AND id = $2;

-- import_drop_pieces(id bigint)
DELETE FROM import_piece
 WHERE org_id = $1
   AND import_id = $2;
