-- registration_waiting()
SELECT count(*) AS waiting
  FROM (SELECT FROM users WHERE org_id = $1 AND state = 'waiting' LIMIT 1000) AS w;
