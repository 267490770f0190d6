-- user_hold()
-- Lock the organisation until the end of the transaction, so that accounts are changed one after
-- another.
SELECT FROM org WHERE org_id = $1 FOR NO KEY UPDATE;

-- user_other_admins(user_id bigint)
SELECT count(*) AS count
  FROM users
 WHERE org_id = $1
   AND role = 'admin'
   AND state = 'active'
   AND id <> $2::bigint;

-- user_put(user_id bigint, username text, email text, role user_role, area_key text, state user_state,
--     password_hash text, must_change_password boolean)
-- Without a hash the password stays. Reset links are deleted, because they may be in the wrong
-- hands.
WITH links AS (
    DELETE FROM password_reset WHERE org_id = $1 AND user_id = $2::bigint
)
UPDATE users
   SET username = $3, email = $4, role = $5::user_role,
       area_id = (SELECT a.id FROM area a WHERE a.org_id = $1 AND a.name_key = $6),
       state = $7::user_state, password_hash = COALESCE($8, password_hash),
       must_change_password = CASE WHEN $8 IS NULL THEN must_change_password ELSE $9 END
 WHERE org_id = $1
   AND id = $2::bigint;

-- user_unlock(user_id bigint)
-- Wrong passwords are counted per name.
DELETE FROM login_attempt l
 USING users u
 WHERE u.org_id = $1
   AND u.id = $2::bigint
   AND l.org_id = $1
   AND l.name_hash = sha256(convert_to(lower(u.username), 'UTF8'));

-- user_delete(user_id bigint, password_hash text)
-- The row stays for the history. Its name becomes free, and its password matches nothing.
WITH told AS (
    DELETE FROM notification WHERE org_id = $1 AND user_id = $2::bigint
), links AS (
    DELETE FROM password_reset WHERE org_id = $1 AND user_id = $2::bigint
), factor AS (
    DELETE FROM two_factor WHERE org_id = $1 AND user_id = $2::bigint
), asked AS (
    UPDATE promotion_request
       SET state = 'withdrawn', decided_at = now()
     WHERE org_id = $1
       AND user_id = $2::bigint
       AND state = 'pending'
)
UPDATE users
   SET username = username || ' (deleted)', email = NULL, area_id = NULL, state = 'deleted',
       password_hash = $3
 WHERE org_id = $1
   AND id = $2::bigint;
