-- two_factor_state(user_id bigint)
SELECT EXISTS (SELECT
                 FROM two_factor
                WHERE org_id = $1
                  AND user_id = $2
                  AND confirmed_at IS NOT NULL) AS enabled,
       (SELECT count(*) FROM recovery_code WHERE org_id = $1 AND user_id = $2)
           AS recovery_codes_left;

-- two_factor_begin(user_id bigint, secret text)
-- Changes nothing for a user who has a second factor already.
INSERT INTO two_factor AS t (org_id, user_id, secret)
VALUES ($1, $2, decode($3, 'hex'))
    ON CONFLICT (org_id, user_id) DO UPDATE
   SET secret = EXCLUDED.secret, last_step = 0
 WHERE t.confirmed_at IS NULL;

-- two_factor_secret(user_id bigint)
SELECT encode(secret, 'hex') AS secret, confirmed_at IS NOT NULL AS enabled
  FROM two_factor
 WHERE org_id = $1
   AND user_id = $2;

-- two_factor_confirm(user_id bigint, secret text, step bigint)
UPDATE two_factor
   SET confirmed_at = now(), last_step = $4::bigint
 WHERE org_id = $1
   AND user_id = $2
   AND secret = decode($3, 'hex')
   AND confirmed_at IS NULL;

-- two_factor_step(user_id bigint, secret text, step bigint)
-- The step only moves forward: the second of two requests waits for the first and then changes
-- nothing.
UPDATE two_factor
   SET last_step = $4::bigint
 WHERE org_id = $1
   AND user_id = $2
   AND secret = decode($3, 'hex')
   AND confirmed_at IS NOT NULL
   AND last_step < $4::bigint;

-- two_factor_delete(user_id bigint)
DELETE FROM two_factor WHERE org_id = $1 AND user_id = $2;

-- recovery_insert(user_id bigint, hashes text[])
INSERT INTO recovery_code (org_id, user_id, code_hash)
SELECT $1, $2, decode(hash, 'hex')
  FROM unnest($3::text[]) AS c (hash);

-- recovery_use(user_id bigint, hash text)
DELETE FROM recovery_code
 WHERE org_id = $1
   AND user_id = $2
   AND code_hash = decode($3, 'hex');
