-- mail_insert(kind text, recipient text, subject text, body text)
INSERT INTO mail (org_id, kind, recipient, subject, body) VALUES ($1, $2, $3, $4, $5);

-- mail_orgs()
-- The organisations that have mail to send; $1 is 0.
SELECT DISTINCT org_id AS id
  FROM mail
 WHERE $1::bigint = 0
   AND state = 'waiting'
   AND due_at <= now();

-- mail_take(lease_seconds integer)
-- Take the mail that has been due for longest. Other servers don't see it until the lease is over.
UPDATE mail
   SET tries = tries + 1, due_at = now() + make_interval(secs => $2::integer)
 WHERE org_id = $1
   AND id = (SELECT id
               FROM mail
              WHERE org_id = $1
                AND state = 'waiting'
                AND due_at <= now()
              ORDER BY due_at, id
              LIMIT 1
                FOR UPDATE SKIP LOCKED)
RETURNING id, kind, recipient, subject, body, tries,
          extract(epoch FROM now() - created_at)::bigint AS age_seconds;

-- mail_done(id bigint, tries integer)
-- Delete a mail that was sent, or was not needed, unless another server has taken it meanwhile.
DELETE FROM mail WHERE org_id = $1 AND id = $2 AND tries = $3::integer;

-- mail_again(id bigint, tries integer, seconds integer, error text)
UPDATE mail
   SET due_at = now() + make_interval(secs => $4::integer), error = $5
 WHERE org_id = $1
   AND id = $2
   AND tries = $3::integer;

-- mail_park(id bigint, tries integer, error text)
UPDATE mail
   SET state = 'parked', error = $4
 WHERE org_id = $1
   AND id = $2
   AND tries = $3::integer;
