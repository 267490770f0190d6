-- Lists that stay fast whatever is asked.

-- What a bag is like, as one small number: a child is free (0) or packed (1); a parent is empty (2),
-- in progress (4) or completed (6), and one more when it is on a bill. All that it is made of changes
-- an index anyway, but for the status of a parent, which does so twice in its life.
CREATE FUNCTION bag_cell(kind bag_kind, status bag_status, parent_id bigint, bill_id bigint)
    RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN kind = 'child' THEN (parent_id IS NOT NULL)::integer
                ELSE CASE status WHEN 'pending' THEN 2 WHEN 'in_progress' THEN 4 ELSE 6 END
                     + (bill_id IS NOT NULL)::integer
           END;

-- bag_list: whatever is asked of area, kind, status, packing and billing is some of these runs, and
-- each of them is in the order of the list.
CREATE INDEX bag_by_cell ON bag
    (org_id, COALESCE(area_id, 0), bag_cell(kind, status, parent_id, bill_id), created_at, id);
-- bag_list of one person
CREATE INDEX bag_by_user ON bag (org_id, created_by, created_at, id);
-- bag_list of one family: parents, so one bag in thirty. Told by the family: an index that is said to be
-- of parents would be taken for anything that is asked of a parent while the table is empty.
CREATE INDEX bag_by_family ON bag (org_id, family_id, created_at, id) WHERE family_id IS NOT NULL;

-- scan_list of one person
CREATE INDEX scan_by_user ON scan (org_id, user_id, at);
-- scan_list of one kind; links are nearly all there is, so they are found without
CREATE INDEX scan_by_kind ON scan (org_id, kind, at) WHERE kind <> 'link';
