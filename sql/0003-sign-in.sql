-- Wrong passwords, counted for the name that was typed whether or not there is such a user: so the
-- answers, locks included, are the same for both, and don't tell who has an account here.
CREATE TABLE login_attempt (
    org_id       bigint      NOT NULL REFERENCES org,
    -- SHA-256 of the lower-case name: people type passwords into the wrong field.
    name_hash    bytea       NOT NULL CHECK (length(name_hash) = 32),
    wrong_count  integer     NOT NULL CHECK (wrong_count BETWEEN 1 AND 5),
    locked_until timestamptz,
    at           timestamptz NOT NULL,
    PRIMARY KEY (org_id, name_hash),
    CHECK ((wrong_count = 5) = (locked_until IS NOT NULL))
);

-- sign_in_wrong: rows that no longer count go, a few at a time
CREATE INDEX login_attempt_by_time ON login_attempt (org_id, at);
