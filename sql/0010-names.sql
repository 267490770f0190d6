-- One folding of names and words, in C (src/base/unicode.c): what is compared is stored as it is folded.

-- For the rows that are there already. Differs from the folding in C for a few letters of no living language.
CREATE FUNCTION folded(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN normalize(upper(lower(normalize($1, NFKC) COLLATE "und-x-icu") COLLATE "und-x-icu"), NFKC);
EXCEPTION
    WHEN undefined_object THEN RETURN upper(normalize($1, NFKC)); -- a PostgreSQL without ICU
END $$;

ALTER TABLE area ADD COLUMN name_key text;
UPDATE area a
   SET name_key = CASE WHEN EXISTS (SELECT FROM area b
                                     WHERE b.org_id = a.org_id AND b.id < a.id AND folded(b.name) = folded(a.name))
                       THEN folded(a.name) || ' ' || a.id ELSE folded(a.name) END;
ALTER TABLE area ALTER COLUMN name_key SET NOT NULL;
DROP INDEX area_by_name;
CREATE UNIQUE INDEX area_by_name ON area (org_id, name_key);

ALTER TABLE bag_family ADD COLUMN name_key text;
UPDATE bag_family a
   SET name_key = CASE WHEN EXISTS (SELECT FROM bag_family b
                                     WHERE b.org_id = a.org_id AND b.id < a.id AND folded(b.name) = folded(a.name))
                       THEN folded(a.name) || ' ' || a.id ELSE folded(a.name) END;
ALTER TABLE bag_family ALTER COLUMN name_key SET NOT NULL;
DROP INDEX bag_family_by_name;
CREATE UNIQUE INDEX bag_family_by_name ON bag_family (org_id, name_key);

-- A bill whose code is another's when it is folded keeps the code that it has.
ALTER TABLE bill DROP CONSTRAINT bill_code_check;
UPDATE bill a
   SET code = folded(a.code)
 WHERE code <> folded(a.code)
   AND length(folded(a.code)) BETWEEN 3 AND 50
   AND NOT EXISTS (SELECT FROM bill b
                    WHERE b.org_id = a.org_id AND b.id <> a.id AND folded(b.code) = folded(a.code));
ALTER TABLE bill ADD CONSTRAINT bill_code_check
    CHECK (length(code) BETWEEN 3 AND 50 AND code = upper(code COLLATE "C"));

-- What the description is searched by.
ALTER TABLE bill ADD COLUMN description_key text NOT NULL DEFAULT '';
UPDATE bill SET description_key = folded(description) WHERE description <> '';

DROP FUNCTION folded;

-- Whoever is deleted is shown as "name (deleted)", several of one name alike; the name itself is free again.
DROP INDEX users_by_name;
ALTER TABLE users DROP CONSTRAINT users_username_check;
UPDATE users SET username = split_part(username, '~', 1) || ' (deleted)' WHERE state = 'deleted';
ALTER TABLE users ADD CONSTRAINT users_username_check
    CHECK (username ~ '^[A-Za-z0-9_.-]{3,40}$'
           OR (state = 'deleted' AND username ~ '^[A-Za-z0-9_.-]{3,40} [(]deleted[)]$'));
CREATE UNIQUE INDEX users_by_name ON users (org_id, lower(username)) WHERE state <> 'deleted';
