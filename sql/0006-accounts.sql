-- Accounts: names of people who are gone, promotion requests, notifications.

-- Whoever is deleted keeps the row, for the history, as "name~id": '~' is in nobody's name, so the
-- name itself is free again.
ALTER TABLE users DROP CONSTRAINT users_username_check;
ALTER TABLE users ADD CONSTRAINT users_username_check
    CHECK (username ~ '^[A-Za-z0-9_.-]{3,40}$'
           OR (state = 'deleted' AND username ~ '^[A-Za-z0-9_.-]{3,40}~[0-9]+$'));

CREATE TYPE promotion_state AS ENUM ('pending', 'approved', 'refused', 'withdrawn');

-- Who asked to become an administrator, why, and what came of it.
CREATE TABLE promotion_request (
    org_id     bigint          NOT NULL,
    id         bigint          GENERATED ALWAYS AS IDENTITY,
    user_id    bigint          NOT NULL,
    reason     text            NOT NULL CHECK (length(reason) BETWEEN 10 AND 500),
    state      promotion_state NOT NULL DEFAULT 'pending',
    asked_at   timestamptz     NOT NULL DEFAULT now(),
    decided_at timestamptz,
    decided_by bigint,
    notes      text            CHECK (length(notes) <= 500),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE,
    CHECK ((state = 'pending') = (decided_at IS NULL))
);

-- One at a time.
CREATE UNIQUE INDEX promotion_pending ON promotion_request (org_id, user_id)
    WHERE state = 'pending';
-- promotion_list of one person's
CREATE INDEX promotion_of_user ON promotion_request (org_id, user_id, id);

-- What somebody is told inside the program. `link` is a page of ours.
CREATE TABLE notification (
    org_id     bigint      NOT NULL,
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    user_id    bigint      NOT NULL,
    title      text        NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
    message    text        NOT NULL CHECK (length(message) <= 1000),
    link       text        CHECK (link ~ '^/([^/\\]|$)' AND length(link) <= 300),
    created_at timestamptz NOT NULL DEFAULT now(),
    read_at    timestamptz,
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

-- notice_list: unread first, then newest first
CREATE INDEX notification_list ON notification (org_id, user_id, (read_at IS NOT NULL), id DESC);

-- Whether the code has the pattern; NULL when the pattern can't be compiled.
CREATE FUNCTION pattern_fits(pattern text, code text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN code ~ pattern;
EXCEPTION WHEN invalid_regular_expression THEN
    RETURN NULL;
END
$$;

-- What the serving role may do with these, said together with all that it could do before.
ALTER FUNCTION serve_rights() RENAME TO serve_rights_before_0006;

CREATE FUNCTION serve_rights() RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM serve_rights_before_0006();
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracetrack_serve') THEN
        RETURN;
    END IF;

    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tracetrack_serve;
    GRANT SELECT, INSERT, UPDATE ON promotion_request TO tracetrack_serve;
    GRANT SELECT, INSERT, UPDATE, DELETE ON notification TO tracetrack_serve;
END
$$;

SELECT serve_rights();
