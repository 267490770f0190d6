-- area_list()
SELECT a.id, a.name,
       (SELECT count(*) FROM users u WHERE u.org_id = $1 AND u.area_id = a.id) AS users
  FROM area a
 WHERE a.org_id = $1
 ORDER BY a.name_key
 LIMIT 500;

-- area_by(id id, name_key text)
-- One area, by id or by its folded name.
SELECT a.id, a.name,
       (SELECT count(*) FROM users u WHERE u.org_id = $1 AND u.area_id = a.id) AS users
  FROM area a
 WHERE a.org_id = $1
   AND a.id = COALESCE($2::bigint,
                       (SELECT n.id FROM area n WHERE n.org_id = $1 AND n.name_key = $3));

-- area_insert(name text, name_key text, most bigint)
-- No row if the name is taken, or if there are `most` already.
INSERT INTO area (org_id, name, name_key)
SELECT $1, $2, $3
 WHERE (SELECT count(*) FROM area WHERE org_id = $1) < $4::bigint
    ON CONFLICT DO NOTHING
RETURNING id, name, 0::bigint AS users;

-- area_update(id bigint, name text, name_key text)
UPDATE area
   SET name = $3, name_key = $4
 WHERE org_id = $1
   AND id = $2::bigint;

-- area_lock(id bigint)
-- From here on nobody can be added to this area.
SELECT FROM area WHERE org_id = $1 AND id = $2::bigint FOR UPDATE;

-- area_bags(id bigint)
-- This reads all bags: an index would cost every new bag something, for a question that is rarely
-- asked.
SELECT count(*) AS bags
  FROM bag
 WHERE org_id = $1
   AND area_id = $2::bigint;

-- area_delete(id bigint)
DELETE FROM area WHERE org_id = $1 AND id = $2::bigint;
