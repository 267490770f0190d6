-- family_list()
SELECT id, name, prefix, pattern, capacity, child_weight_g AS child_weight_kg
  FROM bag_family
 WHERE org_id = $1
 ORDER BY id
 LIMIT 100;

-- family_lock(id integer)
-- Until the end of the transaction nobody else can change the family or add a bag to it.
SELECT id, name, prefix, pattern, capacity, child_weight_g AS child_weight_kg
  FROM bag_family
 WHERE org_id = $1
   AND id = $2::integer
   FOR UPDATE;

-- family_fits(pattern text, example text)
-- Whether the example matches the pattern; NULL if the pattern can't be compiled.
SELECT pattern_fits($2, $3) AS fits, pattern_fits($2, $3) IS NULL AS broken WHERE $1::bigint > 0;

-- family_clash(family_id integer, pattern text, prefix text, example text)
-- What the new pattern would clash with: another family that the example belongs to, or a child
-- whose code would become a parent's. '~' sorts after every character of a code.
SELECT (SELECT o.name
          FROM bag_family_of($1, $5) c
          JOIN bag_family o ON o.org_id = $1 AND o.id = c.family_id
         WHERE c.family_id IS DISTINCT FROM $2::integer) AS family,
       (SELECT b.code
          FROM bag b
         WHERE b.org_id = $1
           AND b.code >= $4
           AND b.code < $4 || '~'
           AND b.kind = 'child'
           AND b.code ~ $3
         LIMIT 1) AS child;

-- family_insert(name text, prefix text, pattern text, capacity integer, child_weight_g integer,
--     most bigint, name_key text)
-- No row if the name is taken, or if there are `most` already.
INSERT INTO bag_family (org_id, id, name, prefix, pattern, capacity, child_weight_g, name_key)
SELECT $1, (SELECT COALESCE(max(id), 0) + 1 FROM bag_family WHERE org_id = $1), $2, $3, $4,
       $5::integer, COALESCE($6::integer, 1000), $8
 WHERE (SELECT count(*) FROM bag_family WHERE org_id = $1) < $7::bigint
    ON CONFLICT DO NOTHING
RETURNING id, name, prefix, pattern, capacity, child_weight_g AS child_weight_kg;

-- family_update(id integer, name text, prefix text, pattern text, capacity integer,
--     child_weight_g integer, name_key text)
UPDATE bag_family
   SET name = $3, prefix = $4, pattern = $5, capacity = $6::integer, child_weight_g = $7::integer,
       name_key = $8
 WHERE org_id = $1
   AND id = $2::integer;

-- family_bags(id integer)
-- The codes start with the prefix, so the index on codes finds them.
SELECT count(*) AS bags
  FROM bag_family f
  JOIN bag b ON b.org_id = $1
            AND b.code >= f.prefix
            AND b.code < f.prefix || '~'
            AND b.family_id = f.id
 WHERE f.org_id = $1
   AND f.id = $2::integer;

-- family_name_taken(name_key text)
SELECT EXISTS (SELECT
                 FROM bag_family
                WHERE org_id = $1
                  AND name_key = $2) AS taken;

-- family_delete(id integer)
DELETE FROM bag_family WHERE org_id = $1 AND id = $2::integer;
