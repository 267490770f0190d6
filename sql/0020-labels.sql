-- Labels that were printed: a range of codes, or chosen ones.
CREATE TABLE label_run (
    org_id    bigint      NOT NULL REFERENCES org,
    id        bigint      GENERATED ALWAYS AS IDENTITY,
    at        timestamptz NOT NULL DEFAULT now(),
    user_id   bigint,
    family_id integer,
    first     text        COLLATE "C" NOT NULL,
    last      text        COLLATE "C" NOT NULL,
    -- of a range: its codes with a # for each digit that counts, and the first and the last number
    stem      text        COLLATE "C",
    low       bigint,
    high      bigint      CHECK (high >= low),
    labels    integer     NOT NULL CHECK (labels > 0),
    paper     text        NOT NULL,
    format    text        NOT NULL,
    PRIMARY KEY (org_id, id),
    CHECK ((stem IS NULL) = (low IS NULL) AND (stem IS NULL) = (high IS NULL))
);

CREATE INDEX label_run_list ON label_run (org_id, at, id);
CREATE INDEX label_run_by_stem ON label_run (org_id, stem, low) WHERE stem IS NOT NULL;
CREATE INDEX label_run_by_family ON label_run (org_id, family_id, at, id) WHERE stem IS NOT NULL;

INSERT INTO audit_action (name, kept) VALUES ('label.print', false);
