-- :bags of them, one in 31 a parent, packed full.
INSERT INTO bag (code, capacity, child_count, weight_g, completed)
SELECT 'SB' || n, 30, 30, 30000, true FROM generate_series(0, :bags / 31 - 1) n;
INSERT INTO bag (code, parent_id, weight_g)
SELECT lpad(n::text, 8, '0'), (n - 1) / 30 + 1, 1000 FROM generate_series(1, :bags / 31 * 30) n;
INSERT INTO scan (id, user_id, parent_id, child_id, verdict)
SELECT (lpad(to_hex(1700000000000 + c.id), 12, '0') || '70008' || lpad(to_hex(c.id), 15, '0'))::uuid,
       1, c.parent_id, c.id, 'linked'
  FROM bag c WHERE c.parent_id IS NOT NULL;
VACUUM ANALYZE;
