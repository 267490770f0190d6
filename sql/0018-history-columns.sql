-- The history tells when the server heard of a scan beside when the device says that it was made, and keeps
-- apart what was scanned and why something was done. Older rows don't know when they were recorded.
ALTER TABLE scan RENAME COLUMN note TO reason;

ALTER TABLE scan
    ADD COLUMN recorded_at timestamptz,
    -- what was scanned, where it names no bag of ours
    ADD COLUMN scanned     text,
    -- the return ticket that it was done on
    ADD COLUMN ticket_id   bigint;

ALTER TABLE scan ALTER COLUMN recorded_at SET DEFAULT now();

UPDATE scan SET scanned = reason, reason = NULL WHERE kind IN ('link', 'bill') AND reason IS NOT NULL;

-- A parent's first scan says in `figures` that it made the parent.
UPDATE scan SET figures = '{"created": true}', reason = NULL WHERE kind = 'parent' AND reason = 'created';
