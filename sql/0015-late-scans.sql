-- Scans that were made on a day and arrived on a later one: they belong to the day on which they were made.
ALTER TABLE counter_hour ADD COLUMN late bigint NOT NULL DEFAULT 0;
