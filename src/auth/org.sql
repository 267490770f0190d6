-- org_list()
-- All organisations; $1 is 0.
SELECT org_id AS id FROM org WHERE $1::bigint = 0 ORDER BY org_id;

-- org_of_host(host text)
-- The one statement that doesn't start from an organisation, because it finds the organisation; $1
-- is 0.
SELECT org_id AS id
  FROM org
 WHERE $1::bigint = 0
   AND COALESCE(host, '') IN ('', $2)
 ORDER BY COALESCE(host, '') DESC
 LIMIT 1;
