-- Second factors, forgotten passwords, limits that hold across servers, and mail.

-- How often something was tried lately. The key is a hash of what is limited and for whom, so
-- typed names and addresses are not kept.
CREATE TABLE attempt (
    org_id   bigint        NOT NULL REFERENCES org,
    key_hash bytea         NOT NULL CHECK (length(key_hash) = 32),
    -- The latest first; no more of them than the limit allows.
    at       timestamptz[] NOT NULL CHECK (cardinality(at) BETWEEN 0 AND 100),
    ends_at  timestamptz   NOT NULL,
    PRIMARY KEY (org_id, key_hash)
);

-- limit_take: rows that no longer count go, a few at a time
CREATE INDEX attempt_by_end ON attempt (org_id, ends_at);

-- Who signs in with a code besides the password.
CREATE TABLE two_factor (
    org_id       bigint      NOT NULL,
    user_id      bigint      NOT NULL,
    -- AES-256-GCM under a key derived from the session secret: nonce, 20 bytes, tag.
    secret       bytea       NOT NULL CHECK (length(secret) = 48),
    -- The 30 seconds that the code used last belongs to: neither it nor an older one counts again.
    last_step    bigint      NOT NULL DEFAULT 0,
    -- NULL until its owner has shown a code: asked for at sign-in only from then on.
    confirmed_at timestamptz,
    PRIMARY KEY (org_id, user_id),
    FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

-- For whoever has lost his phone. A code that was used has no row.
CREATE TABLE recovery_code (
    org_id    bigint NOT NULL,
    user_id   bigint NOT NULL,
    code_hash bytea  NOT NULL CHECK (length(code_hash) = 32),
    PRIMARY KEY (org_id, user_id, code_hash),
    FOREIGN KEY (org_id, user_id) REFERENCES two_factor (org_id, user_id) ON DELETE CASCADE
);

-- Links that were sent to people who forgot their password. One that was used has no row.
CREATE TABLE password_reset (
    org_id     bigint      NOT NULL,
    -- SHA-256 of the token in the link, which is nowhere else.
    token_hash bytea       NOT NULL CHECK (length(token_hash) = 32),
    user_id    bigint      NOT NULL,
    ends_at    timestamptz NOT NULL,
    PRIMARY KEY (org_id, token_hash),
    FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
);

CREATE INDEX password_reset_of_user ON password_reset (org_id, user_id);

CREATE TYPE mail_state AS ENUM ('waiting', 'parked');

-- Mail that is to be sent, written in the transaction of the change that it tells of. What was sent
-- has no row.
CREATE TABLE mail (
    org_id     bigint      NOT NULL REFERENCES org,
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    kind       text        NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    recipient  text        NOT NULL CHECK (length(recipient) BETWEEN 3 AND 254
                                           AND recipient !~ '[^!-~]'),
    -- NULL: the words are made when it is sent.
    subject    text        CHECK (length(subject) <= 300 AND subject !~ '[\x01-\x1f\x7f]'),
    body       text        CHECK (length(body) <= 100000),
    state      mail_state  NOT NULL DEFAULT 'waiting',
    tries      integer     NOT NULL DEFAULT 0,
    -- Whoever takes it for sending moves this on: should he die, it is due again.
    due_at     timestamptz NOT NULL DEFAULT now(),
    error      text        CHECK (length(error) <= 300),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CHECK ((subject IS NULL) = (body IS NULL))
);

CREATE INDEX mail_due ON mail (org_id, due_at) WHERE state = 'waiting';

-- What the serving role may do with these, said together with all that it could do before.
ALTER FUNCTION serve_rights() RENAME TO serve_rights_before_0007;

CREATE FUNCTION serve_rights() RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM serve_rights_before_0007();
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracetrack_serve') THEN
        RETURN;
    END IF;

    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tracetrack_serve;
    GRANT SELECT, INSERT, UPDATE, DELETE
       ON attempt, two_factor, recovery_code, password_reset, mail
       TO tracetrack_serve;
END
$$;

SELECT serve_rights();
