-- Files that people import, in the background, and what became of each of their rows.
CREATE TYPE import_kind AS ENUM ('bags', 'children', 'bill-bags', 'bills');
CREATE TYPE import_status AS ENUM ('queued', 'running', 'done', 'cancelled', 'failed');
CREATE TYPE import_outcome AS ENUM ('created', 'linked', 'used', 'skipped', 'error');

CREATE TABLE import (
    org_id     bigint        NOT NULL REFERENCES org,
    id         bigint        GENERATED ALWAYS AS IDENTITY,
    kind       import_kind   NOT NULL,
    status     import_status NOT NULL DEFAULT 'queued',
    -- judge all rows, but change nothing
    dry_run    boolean       NOT NULL,
    -- the area that new bags belong to; NULL is none
    area_id    bigint,
    user_id    bigint        NOT NULL,
    created_at timestamptz   NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at   timestamptz,
    -- somebody wants it to end
    cancelled  boolean       NOT NULL DEFAULT false,
    -- rows that are not blank, known when all files were read once; and how many of them are done
    rows       bigint,
    done       bigint        NOT NULL DEFAULT 0,
    created    bigint        NOT NULL DEFAULT 0,
    linked     bigint        NOT NULL DEFAULT 0,
    skipped    bigint        NOT NULL DEFAULT 0,
    errors     bigint        NOT NULL DEFAULT 0,
    -- why a file could not be read: the key of a sentence, and its parameters
    reason     text          COLLATE "C",
    params     text,
    PRIMARY KEY (org_id, id),
    CHECK ((status IN ('done', 'cancelled', 'failed')) = (ended_at IS NOT NULL)),
    CHECK (done <= rows),
    CHECK (rows IS NOT NULL OR done = 0)
);

CREATE TABLE import_file (
    org_id    bigint   NOT NULL REFERENCES org,
    import_id bigint   NOT NULL,
    n         smallint NOT NULL,
    name      text     NOT NULL,
    length    bigint   NOT NULL,
    PRIMARY KEY (org_id, import_id, n),
    FOREIGN KEY (org_id, import_id) REFERENCES import ON DELETE CASCADE
);

-- The files' bytes, until the import has ended.
CREATE TABLE import_piece (
    org_id    bigint   NOT NULL REFERENCES org,
    import_id bigint   NOT NULL,
    file      smallint NOT NULL,
    n         integer  NOT NULL,
    bytes     bytea    NOT NULL,
    PRIMARY KEY (org_id, import_id, file, n),
    FOREIGN KEY (org_id, import_id) REFERENCES import ON DELETE CASCADE
);
ALTER TABLE import_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- What became of each row, in the order of the files. There is no foreign key: its check would cost each
-- row a look-up, and retention deletes both.
CREATE TABLE import_row (
    org_id    bigint         NOT NULL,
    import_id bigint         NOT NULL,
    n         bigint         NOT NULL,
    file      smallint       NOT NULL,
    sheet     text           NOT NULL,
    row       bigint         NOT NULL,
    code      text           NOT NULL,
    -- the parent or the bill that the code was meant for
    target    text,
    outcome   import_outcome NOT NULL,
    reason    text           COLLATE "C",
    params    text,
    -- of a refused row, what its file has in the columns of the template, to be mended and sent again
    first     text,
    second    text,
    third     text,
    PRIMARY KEY (org_id, import_id, n)
);

CREATE INDEX import_list ON import (org_id, created_at, id);

ALTER TYPE job_kind ADD VALUE 'import';
ALTER TYPE notice_kind ADD VALUE 'import_done';

INSERT INTO audit_action (name, kept) VALUES ('import.start', false), ('import.cancel', false);
