-- Three lists more can be exported.
INSERT INTO audit_action (name, kept)
VALUES ('returns.export', false), ('totals.export', false), ('activity.export', false);
