-- What the bench compares with: packing as an expert writes it without lanes. One call of a stored
-- function and one transaction a scan; only the tables, columns and indexes that this takes.

CREATE TABLE bag (
    id          bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    parent_id   bigint   REFERENCES bag,
    weight_g    integer  NOT NULL DEFAULT 0,
    child_count smallint NOT NULL DEFAULT 0,
    capacity    smallint CHECK (child_count <= capacity), -- NULL: a child
    completed   boolean  NOT NULL DEFAULT false,
    code        text     COLLATE "C" NOT NULL UNIQUE
) WITH (fillfactor = 90);

CREATE INDEX bag_children ON bag (parent_id) WHERE parent_id IS NOT NULL;

-- The id is the device's: sent again, it gets its first answer.
CREATE TABLE scan (
    id        uuid        PRIMARY KEY,
    at        timestamptz NOT NULL DEFAULT now(),
    user_id   bigint      NOT NULL,
    parent_id bigint,
    child_id  bigint,
    verdict   text        NOT NULL
);

CREATE INDEX scan_of_child ON scan (child_id, at);

-- Each session counts in a row of its own.
CREATE TABLE total (
    slot     integer PRIMARY KEY,
    scans    bigint NOT NULL DEFAULT 0,
    linked   bigint NOT NULL DEFAULT 0,
    parents  bigint NOT NULL DEFAULT 0,
    children bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 40);

INSERT INTO total (slot) SELECT generate_series(0, 255);

CREATE FUNCTION scan_in(scan_id uuid, who bigint, slot_of integer, parent_code text, child_code text)
    RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    p       record;
    c       record;
    made    integer := 0;
    is_new  integer := 0;
    verdict text;
BEGIN
    SELECT s.verdict INTO verdict FROM scan s WHERE s.id = scan_id;
    IF FOUND THEN
        RETURN verdict;
    END IF;

    SELECT b.id, b.child_count, b.capacity, b.completed INTO p
      FROM bag b WHERE b.code = parent_code FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        IF parent_code !~ '^P\d{1,12}-\d{1,3}$' THEN
            RETURN 'not_a_parent';
        END IF;
        INSERT INTO bag AS b (code, capacity)
        VALUES (parent_code, substring(parent_code FROM '\d+$')::smallint)
        RETURNING b.id, b.child_count, b.capacity, b.completed INTO p;
        made := 1;
    END IF;

    SELECT b.id, b.parent_id, b.capacity INTO c
      FROM bag b WHERE b.code = child_code FOR NO KEY UPDATE;
    verdict := CASE
        WHEN p.capacity IS NULL THEN 'not_a_parent'
        WHEN c.capacity IS NOT NULL THEN 'is_parent'
        WHEN c.id IS NULL AND child_code !~ '^[A-Z0-9]{4,20}$' THEN 'bad_code'
        WHEN c.parent_id = p.id THEN 'already_here'
        WHEN c.parent_id IS NOT NULL THEN 'elsewhere'
        WHEN p.completed OR p.child_count >= p.capacity THEN 'full'
        ELSE 'linked'
    END;

    IF verdict = 'linked' THEN
        IF c.id IS NULL THEN
            INSERT INTO bag AS b (code, parent_id, weight_g)
            VALUES (child_code, p.id, 1000) RETURNING b.id, b.parent_id, b.capacity INTO c;
            is_new := 1;
        ELSE
            UPDATE bag b SET parent_id = p.id, weight_g = 1000 WHERE b.id = c.id;
        END IF;
        UPDATE bag b
           SET child_count = b.child_count + 1, weight_g = b.weight_g + 1000,
               completed = b.child_count + 1 = b.capacity
         WHERE b.id = p.id;
    END IF;

    INSERT INTO scan (id, user_id, parent_id, child_id, verdict)
    VALUES (scan_id, who, p.id, c.id, verdict);
    UPDATE total t
       SET scans = t.scans + 1, linked = t.linked + (verdict = 'linked')::integer,
           parents = t.parents + made, children = t.children + is_new
     WHERE t.slot = slot_of;
    RETURN verdict;
END
$$;
