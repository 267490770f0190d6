-- password_reset_user(email text)
-- The user who gets the mail: not one who is locked by an administrator or waits for approval.
SELECT id, username
  FROM users
 WHERE org_id = $1
   AND lower(email) = lower($2)
       -- ASCII only: lower() turns the Kelvin sign into k, but a mail server doesn't.
   AND lower(email COLLATE "C") = lower($2 COLLATE "C")
   AND state = 'active';

-- password_reset_insert(user_id bigint, token_hash text, seconds integer)
-- Older links stay valid until they expire, because mails overtake each other.
WITH over AS (
    DELETE FROM password_reset
     WHERE org_id = $1
       AND user_id = $2
       AND ends_at < now()
)
INSERT INTO password_reset (org_id, user_id, token_hash, ends_at)
VALUES ($1, $2, decode($3, 'hex'), now() + make_interval(secs => $4::integer));

-- password_reset_claim(token_hash text)
-- Use the link, which also ends all other links of the user. Of two requests at the same moment one
-- waits, and then finds no row.
WITH claimed AS (
    DELETE FROM password_reset
     WHERE org_id = $1
       AND token_hash = decode($2, 'hex')
       AND ends_at > now()
    RETURNING user_id
)
SELECT u.id, u.username, u.email
  FROM claimed c
  JOIN users u ON u.org_id = $1 AND u.id = c.user_id AND u.state = 'active';

-- password_reset_set(user_id bigint, password_hash text)
-- Set the password, and lift the lock by wrong passwords, which are counted per name.
WITH others AS (
    DELETE FROM password_reset
     WHERE org_id = $1
       AND user_id = $2
), unlocked AS (
    DELETE FROM login_attempt
     WHERE org_id = $1
       AND name_hash = (SELECT sha256(convert_to(lower(username), 'UTF8'))
                          FROM users
                         WHERE org_id = $1
                           AND id = $2)
)
UPDATE users
   SET password_hash = $3, must_change_password = false
 WHERE org_id = $1
   AND id = $2;
