-- Bags that were deleted: their scans stay, and so the code that these are found by does.

CREATE TABLE deleted_bag (
    org_id     bigint      NOT NULL REFERENCES org,
    id         bigint      NOT NULL, -- what it had in `bag`
    code       text        NOT NULL,
    area_id    bigint,
    deleted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id)
);

-- scan_list_bag_id
CREATE INDEX deleted_bag_by_code ON deleted_bag (org_id, code, deleted_at);

-- The audit log tells of those that are gone already.
INSERT INTO deleted_bag (org_id, id, code, deleted_at)
SELECT DISTINCT ON (org_id, entity_id) org_id, entity_id, before ->> 'qr', at
  FROM audit_log
 WHERE action = 'bag.delete'
   AND entity_id IS NOT NULL
   AND before ->> 'qr' IS NOT NULL
 ORDER BY org_id, entity_id, at DESC;
