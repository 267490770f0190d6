-- audit_waiting_orgs()
-- The organisations that have notes without a seal; $1 is 0.
SELECT DISTINCT p.org_id AS id
  FROM audit_pending p
 WHERE $1::bigint = 0;

-- audit_seal_some(count integer)
SELECT audit_seal_notes($1, $2::integer) AS count;

-- audit_orgs()
-- All organisations; $1 is 0.
SELECT o.org_id AS id
  FROM org o
 WHERE $1::bigint = 0
 ORDER BY o.org_id;

-- audit_empty_some(count integer)
SELECT audit_snapshots_empty($1, $2::integer) AS count;

-- audit_drop_month()
-- Drop a month of all organisations; $1 is 0.
SELECT audit_month_drop()::integer AS count WHERE $1::bigint = 0;

-- audit_head_show()
SELECT h.seq, encode(h.hash, 'hex') AS hash
  FROM audit_head h
 WHERE h.org_id = $1
   AND h.seq > 0;
