-- What the server does by itself, and the mail at the end of a day.
CREATE TYPE job_kind AS ENUM ('end_of_day', 'retention');
CREATE TYPE job_state AS ENUM ('queued', 'running', 'done', 'parked');

CREATE TABLE job (
    org_id     bigint      NOT NULL REFERENCES org,
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    kind       job_kind    NOT NULL,
    -- what it is about, for example a day; a job with a key exists once
    key        text        COLLATE "C",
    state      job_state   NOT NULL DEFAULT 'queued',
    -- when it may be taken: the first time, again after a failure, or after the lease of who has it
    due_at     timestamptz NOT NULL DEFAULT now(),
    tries      integer     NOT NULL DEFAULT 0,
    error      text,
    created_by bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at   timestamptz,
    PRIMARY KEY (org_id, id),
    CHECK ((state IN ('done', 'parked')) = (ended_at IS NOT NULL))
);

CREATE UNIQUE INDEX job_once ON job (org_id, kind, key) WHERE key IS NOT NULL;
CREATE INDEX job_due ON job (due_at, org_id) WHERE state IN ('queued', 'running');

ALTER TYPE notice_kind ADD VALUE 'job_parked';

ALTER TABLE org
    -- the hour in which the summary of the day is mailed, in the organisation's zone; NULL is never
    ADD COLUMN eod_hour smallint DEFAULT 20 CHECK (eod_hour BETWEEN 0 AND 23),
    -- the last day whose mail was planned
    ADD COLUMN eod_last date;

INSERT INTO audit_action (name, kept) VALUES ('job.run_again', false), ('eod.send', false);
