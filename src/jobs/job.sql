-- job_queue(kind job_kind, key text, user_id id)
INSERT INTO job (org_id, kind, key, created_by)
VALUES ($1, $2::job_kind, $3, $4::bigint)
    ON CONFLICT (org_id, kind, key) WHERE key IS NOT NULL DO NOTHING;

-- job_announce()
-- Wakes the job runners of all servers when the transaction is committed.
SELECT pg_notify('job', $1::bigint::text);

-- job_orgs(imports boolean)
-- The organisations that have imports to run, or other jobs; $1 is 0.
SELECT DISTINCT org_id AS id
  FROM job
 WHERE $1::bigint = 0
   AND state IN ('queued', 'running')
   AND due_at <= now()
   AND (kind = 'import') = $2::boolean;

-- job_take(lease_seconds integer, imports boolean)
-- Take the import that has been due for longest, or the other job. Other servers don't see it until the lease is over.
UPDATE job
   SET state = 'running', tries = tries + 1, due_at = now() + make_interval(secs => $2::integer)
 WHERE org_id = $1
   AND id = (SELECT id
               FROM job
              WHERE org_id = $1
                AND state IN ('queued', 'running')
                AND due_at <= now()
                AND (kind = 'import') = $3::boolean
              ORDER BY due_at, id
              LIMIT 1
                FOR UPDATE SKIP LOCKED)
RETURNING id, kind, key, tries, created_by;

-- job_renew(id bigint, tries integer, lease_seconds integer)
-- No row changes if another server has taken the job meanwhile. What was done for so long did not fail.
UPDATE job
   SET due_at = now() + make_interval(secs => $4::integer)
 WHERE org_id = $1
   AND id = $2
   AND tries = $3::integer
   AND state = 'running';

-- job_done(id bigint, tries integer)
-- No row changes if another server has taken the job meanwhile.
UPDATE job
   SET state = 'done', ended_at = now(), error = NULL
 WHERE org_id = $1
   AND id = $2
   AND tries = $3::integer
   AND state = 'running';

-- job_again(id bigint, tries integer, seconds integer, error text)
UPDATE job
   SET state = 'queued', due_at = now() + make_interval(secs => $4::integer), error = $5
 WHERE org_id = $1
   AND id = $2
   AND tries = $3::integer;

-- job_park(id bigint, tries integer, error text)
UPDATE job
   SET state = 'parked', ended_at = now(), error = $4
 WHERE org_id = $1
   AND id = $2
   AND tries = $3::integer;

-- job_unpark(id bigint)
UPDATE job
   SET state = 'queued', tries = 0, due_at = now(), ended_at = NULL
 WHERE org_id = $1
   AND id = $2
   AND state = 'parked';

-- job_exists(id bigint)
SELECT EXISTS (SELECT FROM job WHERE org_id = $1 AND id = $2) AS found;

-- job_list(state job_state, before_id bigint, count bigint)
SELECT j.id, j.kind, j.key, j.state, j.tries, j.error, j.created_at, j.due_at, j.ended_at
  FROM job j
 WHERE j.org_id = $1
   AND ($2::job_state IS NULL OR j.state = $2::job_state)
   AND j.id < COALESCE($3::bigint, 9223372036854775807)
 ORDER BY j.id DESC
 LIMIT $4::bigint;

-- job_plan_retention()
INSERT INTO job (org_id, kind, key)
SELECT $1, 'retention', (now() AT TIME ZONE o.time_zone)::date::text
  FROM org o
 WHERE o.org_id = $1
    ON CONFLICT (org_id, kind, key) WHERE key IS NOT NULL DO NOTHING;

-- job_retention_notices(days integer)
DELETE FROM notification
 WHERE org_id = $1
   AND read_at < now() - make_interval(days => $2::integer);

-- job_retention_jobs(days integer)
DELETE FROM job
 WHERE org_id = $1
   AND state = 'done'
   AND ended_at < now() - make_interval(days => $2::integer);
