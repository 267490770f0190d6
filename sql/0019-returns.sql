-- IPT returns: tickets, and the parents that come back on them. A parent that is scanned onto an open ticket comes
-- off its bill at once; the history (`scan`, of the kinds return and unreturn) has the bill's counts before and after.
CREATE TYPE ticket_status AS ENUM ('open', 'committed', 'cancelled');

-- Why a parent could not go back onto its bill when its ticket was cancelled.
CREATE TYPE ticket_stay AS ENUM
    ('bag_gone', 'bag_billed', 'bag_returned', 'bill_gone', 'bill_full', 'bill_completed');

ALTER TYPE scan_verdict ADD VALUE 'not_on_a_bill';
ALTER TYPE scan_verdict ADD VALUE 'ticket_closed';

CREATE TABLE return_ticket (
    org_id       bigint        NOT NULL REFERENCES org,
    id           bigint        GENERATED ALWAYS AS IDENTITY,
    code         text          COLLATE "C" NOT NULL CHECK (code ~ '^RTN-[0-9]{8}-[0-9A-Z]{4}$'),
    -- of the C&F agent; and as it is searched
    location     text          NOT NULL CHECK (length(location) BETWEEN 1 AND 200),
    location_key text          COLLATE "C" NOT NULL,
    notes        text          NOT NULL DEFAULT '' CHECK (length(notes) <= 2000),
    status       ticket_status NOT NULL DEFAULT 'open',
    -- what is on it; of a cancelled one, what could not go back
    bags         integer       NOT NULL DEFAULT 0 CHECK (bags >= 0),
    children     integer       NOT NULL DEFAULT 0 CHECK (children >= 0),
    weight_g     bigint        NOT NULL DEFAULT 0 CHECK (weight_g >= 0),
    created_by   bigint,
    created_at   timestamptz   NOT NULL DEFAULT now(),
    closed_by    bigint,
    closed_at    timestamptz,
    updated_at   timestamptz   NOT NULL DEFAULT now(),
    PRIMARY KEY (org_id, id),
    CHECK ((status = 'open') = (closed_at IS NULL))
) WITH (fillfactor = 80);

CREATE UNIQUE INDEX return_ticket_by_code ON return_ticket (org_id, code);
-- ticket_list, newest first; what else it filters by is read from the index
CREATE INDEX return_ticket_list ON return_ticket (org_id, created_at, id) INCLUDE (code, status, created_by);

-- A parent on a ticket, as it was when it came back. Bag and bill may be gone by now.
CREATE TABLE return_ticket_bag (
    org_id      bigint      NOT NULL,
    ticket_id   bigint      NOT NULL,
    bag_id      bigint      NOT NULL,
    bill_id     bigint      NOT NULL,
    at          timestamptz NOT NULL DEFAULT now(),
    user_id     bigint,
    child_count integer     NOT NULL CHECK (child_count >= 0),
    weight_g    bigint      NOT NULL CHECK (weight_g >= 0),
    -- of a cancelled ticket: NULL is back on its bill
    stay        ticket_stay,
    PRIMARY KEY (org_id, ticket_id, bag_id),
    FOREIGN KEY (org_id, ticket_id) REFERENCES return_ticket
);

-- the tickets of one bag
CREATE INDEX return_ticket_bag_of_bag ON return_ticket_bag (org_id, bag_id, at);

INSERT INTO audit_action (name, kept)
VALUES ('return.create',   false),
       ('return.edit',     false),
       ('return.commit',   false),
       ('return.cancel',   false),
       ('return.add_bag',  false),
       ('return.undo_bag', false);
