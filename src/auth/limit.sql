-- limit_take(key_hash text, most integer, seconds integer)
-- Count a try, unless the `most`-th latest one is still within the time. Also deletes a few rows
-- that no longer count.
WITH stale AS (
    DELETE FROM attempt
     WHERE org_id = $1
       AND key_hash IN (SELECT key_hash
                          FROM attempt
                         WHERE org_id = $1
                           AND ends_at < now()
                           AND key_hash <> decode($2, 'hex')
                         ORDER BY ends_at
                         LIMIT 4
                           FOR UPDATE SKIP LOCKED)
), counted AS (
    INSERT INTO attempt AS a (org_id, key_hash, at, ends_at)
    VALUES ($1, decode($2, 'hex'), ARRAY[clock_timestamp()],
            clock_timestamp() + make_interval(secs => $4::integer))
        ON CONFLICT (org_id, key_hash) DO UPDATE
       SET at = (EXCLUDED.at || a.at)[1:$3::integer], ends_at = EXCLUDED.ends_at
     WHERE COALESCE(a.at[$3::integer]
                        <= EXCLUDED.at[1] - make_interval(secs => $4::integer), true)
    RETURNING org_id
)
SELECT EXISTS (SELECT FROM counted) AS taken,
       GREATEST(1, (SELECT ceil(extract(epoch FROM a.at[$3::integer] - clock_timestamp())
                                + $4::integer)
                      FROM attempt a
                     WHERE a.org_id = $1
                       AND a.key_hash = decode($2, 'hex')))::bigint AS retry_seconds;

-- limit_full(key_hash text, most integer, seconds integer)
-- A row if no try is left.
SELECT false AS taken,
       ceil(extract(epoch FROM at[$3::integer] - clock_timestamp()) + $4::integer)::bigint
           AS retry_seconds
  FROM attempt
 WHERE org_id = $1
   AND key_hash = decode($2, 'hex')
   AND at[$3::integer] > clock_timestamp() - make_interval(secs => $4::integer);

-- limit_give_back(key_hash text, count integer)
UPDATE attempt
   SET at = at[1 + $3::integer:]
 WHERE org_id = $1
   AND key_hash = decode($2, 'hex');

-- limit_forget(key_hash text, seconds integer)
DELETE FROM attempt
 WHERE org_id = $1
   AND key_hash = decode($2, 'hex')
RETURNING (SELECT count(*)
             FROM unnest(at) AS t (at)
            WHERE t.at > clock_timestamp() - make_interval(secs => $3::integer)) AS count;
