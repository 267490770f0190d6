-- audit_plan_anew()
-- Plan statements anew for the rest of the transaction: a plan made while a month was empty may use
-- an index that is bad once the month is full. For the same reason the statements below look up
-- rows by an org_id that they have read before; see sql/0005-audit-chain.sql.
SELECT set_config('plan_cache_mode', 'force_custom_plan', true) WHERE $1::bigint > 0;

-- audit_verify_seals(after_seq bigint, count bigint)
-- The next seals: whether each follows the one before it, and whether its note is unchanged. Notes
-- and snapshots that retention may have removed by now may be missing; the present time is read
-- after the notes, so that it is never too early for them. The seal `after_seq` is read again for
-- its hash.
WITH part AS MATERIALIZED (
    SELECT s AS seal, s.seq, s.hash
      FROM audit_seal s
     WHERE s.org_id = $1
       AND s.seq >= $2::bigint
     ORDER BY s.seq
     LIMIT $3::bigint + ($2::bigint > 0)::integer
), linked AS (
    SELECT p.seal, lag(p.seq, 1, 0::bigint) OVER w AS seq_before,
           lag(p.hash) OVER w AS hash_before
      FROM part p
    WINDOW w AS (ORDER BY p.seq)
), judged AS MATERIALIZED (
    SELECT (l.seal).seq, (l.seal).at, (l.seal).id, l.seq_before, a.id IS NULL AS gone,
           CASE WHEN (l.seal).seq <> l.seq_before + 1 THEN 'gap'
                WHEN (l.seal).hash <> audit_next(l.hash_before, audit_link(l.seal)) THEN 'broken'
                WHEN a.id IS NULL
                THEN CASE WHEN (l.seal).kept OR (l.seal).at >= audit_notes_since(clock_timestamp())
                          THEN 'missing'
                     END
                WHEN (l.seal).note_hash <> audit_note_hash(a,
                         CASE WHEN a.before IS NULL AND a.after IS NULL AND NOT (l.seal).kept
                                   AND (l.seal).at < audit_snapshots_since(clock_timestamp())
                              THEN (l.seal).snapshots
                              ELSE audit_snapshots(a.before, a.after)
                         END)
                THEN 'changed'
           END AS wrong
      FROM linked l
      LEFT JOIN audit_log a
             ON a.org_id = (l.seal).org_id AND a.at = (l.seal).at AND a.id = (l.seal).id
     WHERE (l.seal).seq > $2::bigint
)
SELECT t.*, CASE WHEN w.wrong = 'gap' THEN 'missing' ELSE w.wrong END AS wrong,
       CASE WHEN w.wrong = 'gap' THEN w.seq_before + 1 ELSE w.seq END AS wrong_seq,
       CASE WHEN w.wrong <> 'gap' THEN w.id END AS wrong_id,
       CASE WHEN w.wrong <> 'gap' THEN w.at END AS wrong_at
  FROM (SELECT count(*) AS count, COALESCE(max(j.seq), $2::bigint) AS last_seq,
               count(*) FILTER (WHERE j.gone AND j.wrong IS NULL) AS retired
          FROM judged j) t
  LEFT JOIN (SELECT * FROM judged j WHERE j.wrong IS NOT NULL ORDER BY j.seq LIMIT 1) w ON true;

-- audit_verify_notes(after_us bigint, after_id bigint, count bigint)
-- The next notes: whether each has a seal or waits for one.
WITH part AS MATERIALIZED (
    SELECT a.org_id, a.at, a.id
      FROM audit_log a
     WHERE a.org_id = $1
       AND (a.at, a.id) > (COALESCE('epoch'::timestamptz + $2::bigint * interval '1 microsecond',
                                    '-infinity'),
                           COALESCE($3::bigint, 0))
     ORDER BY a.at, a.id
     LIMIT $4::bigint
), judged AS MATERIALIZED (
    SELECT p.at, p.id,
           NOT EXISTS (SELECT
                         FROM audit_seal s
                        WHERE s.org_id = p.org_id AND s.at = p.at AND s.id = p.id)
           AND NOT EXISTS (SELECT
                             FROM audit_pending q
                            WHERE q.org_id = p.org_id AND q.id = p.id AND q.at = p.at) AS wrong
      FROM part p
)
SELECT t.count, CASE WHEN isfinite(l.at) THEN audit_us(l.at)::bigint END AS last_us,
       l.id AS last_id,
       CASE WHEN w.id IS NOT NULL THEN 'inserted' END AS wrong, w.id AS wrong_id, w.at AS wrong_at
  FROM (SELECT count(*) AS count FROM part) t
  LEFT JOIN (SELECT * FROM part p ORDER BY p.at DESC, p.id DESC LIMIT 1) l ON true
  LEFT JOIN (SELECT * FROM judged j WHERE j.wrong ORDER BY j.at, j.id LIMIT 1) w ON true;

-- audit_verify_end()
-- Whether the chain ends where its head says, and whether the notes that wait for a seal exist.
WITH waiting AS MATERIALIZED (
    SELECT p.org_id, p.at, p.id
      FROM audit_pending p
     WHERE p.org_id = $1
)
SELECT h.seq, encode(h.hash, 'hex') AS hash, (SELECT count(*) FROM waiting) AS waiting,
       CASE WHEN COALESCE(h.seq, 0) > COALESCE(s.seq, 0) OR l.id IS NOT NULL THEN 'missing'
            WHEN COALESCE(h.seq, 0) < s.seq THEN 'inserted'
            WHEN h.hash <> s.hash THEN 'broken'
       END AS wrong,
       CASE WHEN COALESCE(h.seq, 0) > COALESCE(s.seq, 0) THEN COALESCE(s.seq, 0) + 1
            WHEN COALESCE(h.seq, 0) < s.seq THEN COALESCE(h.seq, 0) + 1
            WHEN h.hash <> s.hash THEN h.seq
       END AS wrong_seq,
       l.id AS wrong_id, l.at AS wrong_at
  FROM (SELECT) AS once
  LEFT JOIN audit_head h ON h.org_id = $1
  LEFT JOIN (SELECT s.seq, s.hash
               FROM audit_seal s
              WHERE s.org_id = $1
              ORDER BY s.seq DESC
              LIMIT 1) s ON true
  LEFT JOIN (SELECT w.id, w.at
               FROM waiting w
              WHERE NOT EXISTS (SELECT
                                  FROM audit_log a
                                 WHERE a.org_id = w.org_id AND a.at = w.at AND a.id = w.id)
              ORDER BY w.id
              LIMIT 1) l ON true;

-- audit_seal_same(seq bigint, hash text)
SELECT encode(s.hash, 'hex') = lower($3) AS same
  FROM audit_seal s
 WHERE s.org_id = $1
   AND s.seq = $2;
