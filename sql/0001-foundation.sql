-- Organisations and what belongs to them: areas, bag families, people, sessions, audit, totals.
--
-- org_id comes first in every key and every index: so one organisation never meets another's rows,
-- and the tables can be distributed by it. Enumerations are types, counts and lengths are CHECKed:
-- the schema holds the invariants, C only words the refusals.

CREATE TYPE user_role AS ENUM ('admin', 'biller', 'dispatcher');
CREATE TYPE user_state AS ENUM ('waiting', 'active', 'locked', 'deleted');

CREATE TABLE org (
    org_id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- Requests for this host name belong to the organisation; NULL is the one for all others.
    host       text        CHECK (host = lower(host) AND length(host) BETWEEN 1 AND 253),
    time_zone  text        NOT NULL DEFAULT 'Asia/Kolkata',
    -- SHA-256 of the one-time token that lets somebody create the first admin; NULL once used.
    setup_hash bytea       CHECK (length(setup_hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX org_by_host ON org (COALESCE(host, ''));

CREATE TABLE area (
    org_id bigint NOT NULL REFERENCES org,
    id     bigint GENERATED ALWAYS AS IDENTITY,
    name   text   NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    PRIMARY KEY (org_id, id)
);

CREATE UNIQUE INDEX area_by_name ON area (org_id, lower(name));

-- What parent codes look like and what such a parent holds. `prefix` is the literal start of
-- `pattern`: it rules most codes out before the regular expression is asked. A NULL capacity is
-- the number behind the last dash of the code.
CREATE TABLE bag_family (
    org_id        bigint  NOT NULL REFERENCES org,
    id            integer NOT NULL,
    name          text    NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    prefix        text    NOT NULL CHECK (prefix ~ '^[A-Z0-9-]{1,20}$'),
    pattern       text    NOT NULL CHECK (starts_with(pattern, '^' || prefix)
                                          AND right(pattern, 1) = '$'),
    capacity      integer CHECK (capacity BETWEEN 1 AND 500),
    child_weight_g integer NOT NULL DEFAULT 1000 CHECK (child_weight_g BETWEEN 1 AND 1000000),
    PRIMARY KEY (org_id, id)
);

CREATE UNIQUE INDEX bag_family_by_name ON bag_family (org_id, lower(name));

CREATE TABLE users (
    org_id        bigint      NOT NULL REFERENCES org,
    id            bigint      GENERATED ALWAYS AS IDENTITY,
    username      text        NOT NULL CHECK (username ~ '^[A-Za-z0-9_.-]{3,40}$'),
    email         text        CHECK (length(email) BETWEEN 3 AND 254),
    -- werkzeug's text form, "scrypt:N:r:p$salt$hex"
    password_hash text        NOT NULL CHECK (password_hash LIKE 'scrypt:%'),
    role          user_role   NOT NULL,
    area_id       bigint,
    state         user_state  NOT NULL DEFAULT 'waiting',
    signed_in_at  timestamptz,
    created_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, area_id) REFERENCES area (org_id, id),
    CHECK (area_id IS NULL OR role = 'dispatcher')
);

CREATE UNIQUE INDEX users_by_name ON users (org_id, lower(username));
CREATE UNIQUE INDEX users_by_email ON users (org_id, lower(email)) WHERE email IS NOT NULL;

-- Who is signed in: a session that is over has no row.
CREATE TABLE session (
    org_id       bigint      NOT NULL,
    id           bigint      GENERATED ALWAYS AS IDENTITY,
    user_id      bigint      NOT NULL,
    -- SHA-256 of the secret in the cookie: a copy of the table opens no session.
    secret_hash  bytea       NOT NULL CHECK (length(secret_hash) = 32),
    address      text        NOT NULL DEFAULT '',
    device       text        NOT NULL DEFAULT '' CHECK (length(device) <= 300),
    created_at   timestamptz NOT NULL DEFAULT now(),
    used_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    FOREIGN KEY (org_id, user_id) REFERENCES users (org_id, id) ON DELETE CASCADE
    -- Room on the page: used_at changes once a minute.
) WITH (fillfactor = 70);

CREATE INDEX session_of_user ON session (org_id, user_id);

-- Who did what, written in the change's own transaction. A scan's own row is its audit row.
CREATE TABLE audit_log (
    org_id     bigint      NOT NULL,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    id         bigint      GENERATED ALWAYS AS IDENTITY,
    user_id    bigint,
    action     text        NOT NULL CHECK (length(action) BETWEEN 3 AND 50),
    entity     text        NOT NULL CHECK (length(entity) BETWEEN 2 AND 20),
    entity_id  bigint,
    before     jsonb,
    after      jsonb,
    reason     text        CHECK (length(reason) <= 500),
    address    text        NOT NULL DEFAULT '',
    request_id text        NOT NULL DEFAULT '',
    PRIMARY KEY (org_id, at, id)
) PARTITION BY RANGE (at);

CREATE TABLE audit_log_default PARTITION OF audit_log DEFAULT;

-- bill_events: what happened to one bill
CREATE INDEX audit_log_by_entity ON audit_log (org_id, entity, entity_id, at, id);

-- Totals, in several slots so that no row is hot: each writing session has a slot of its own and
-- changes it in the transaction that changes the facts. The sum over the slots is the figure.
CREATE TABLE counter (
    org_id      bigint  NOT NULL REFERENCES org,
    slot        integer NOT NULL CHECK (slot BETWEEN 0 AND 63),
    parents     bigint  NOT NULL DEFAULT 0,
    children    bigint  NOT NULL DEFAULT 0,
    linked      bigint  NOT NULL DEFAULT 0,
    in_progress bigint  NOT NULL DEFAULT 0,
    completed   bigint  NOT NULL DEFAULT 0,
    scans       bigint  NOT NULL DEFAULT 0,
    bills       bigint  NOT NULL DEFAULT 0,
    bills_done  bigint  NOT NULL DEFAULT 0,
    PRIMARY KEY (org_id, slot)
) WITH (fillfactor = 40);

-- The same by business day of the organisation and hour of that day.
CREATE TABLE counter_hour (
    org_id            bigint  NOT NULL REFERENCES org,
    day               date    NOT NULL,
    hour              integer NOT NULL CHECK (hour BETWEEN 0 AND 23),
    slot              integer NOT NULL CHECK (slot BETWEEN 0 AND 63),
    scans             bigint  NOT NULL DEFAULT 0,
    linked            bigint  NOT NULL DEFAULT 0,
    parents_completed bigint  NOT NULL DEFAULT 0,
    bills_completed   bigint  NOT NULL DEFAULT 0,
    PRIMARY KEY (org_id, day, hour, slot)
) WITH (fillfactor = 40);

-- One installation starts with one organisation, the ten towns and the three families.
INSERT INTO org (name) VALUES ('TraceTrack');

INSERT INTO area (org_id, name)
SELECT o.org_id, a.name
  FROM org o,
       unnest(ARRAY['Lucknow', 'Indore', 'Jaipur', 'Hisar', 'Sri Ganganagar', 'Sangaria',
                    'Bathinda', 'Raipur', 'Ranchi', 'Akola']) AS a (name);

INSERT INTO bag_family (org_id, id, name, prefix, pattern, capacity)
SELECT o.org_id, f.id, f.name, f.prefix, f.pattern, f.capacity
  FROM org o,
       (VALUES (1, 'mustard', 'SB', '^SB\d{5}$', 30),
               (2, 'moong', 'M444-', '^M444-\d{5}$', 15),
               -- 1 to 500, without leading zeros
               (3, 'counted', 'P', '^P\d{1,12}-([1-9]\d?|[1-4]\d\d|500)$', NULL))
       AS f (id, name, prefix, pattern, capacity);
