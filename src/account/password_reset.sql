-- password_reset_user(email text)
-- Whoever an administrator has locked, or has not let in yet, gets no mail.
SELECT id, username
  FROM users
 WHERE org_id = $1
   AND lower(email) = lower($2)
       -- ASCII only: to lower() a Kelvin sign is a k, to a mail server it isn't.
   AND lower(email COLLATE "C") = lower($2 COLLATE "C")
   AND state = 'active';

-- password_reset_insert(user_id bigint, token_hash text, seconds integer)
-- Older links stay good until their time is over: mails overtake each other.
WITH over AS (
    DELETE FROM password_reset
     WHERE org_id = $1
       AND user_id = $2
       AND ends_at < now()
)
INSERT INTO password_reset (org_id, user_id, token_hash, ends_at)
VALUES ($1, $2, decode($3, 'hex'), now() + make_interval(secs => $4::integer));

-- password_reset_claim(token_hash text)
-- The link is used up, and with it all others of the user. Of two at once one waits, and finds none.
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
-- What wrong passwords have locked is open again; they are counted for the name.
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
