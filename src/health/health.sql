-- health_answer()
SELECT count(*) AS count FROM org o WHERE o.org_id = $1;
