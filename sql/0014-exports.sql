-- What else can be exported is noted as well.
INSERT INTO audit_action (name, kept)
VALUES ('bags.export',      false),
       ('bills.export',     false),
       ('bill-bags.export', false),
       ('scans.export',     false),
       ('users.export',     false);
