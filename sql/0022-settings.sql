-- What administrators set for their organisation; NULL is the server's own option.
ALTER TABLE org
    ADD COLUMN session_idle_seconds     integer CHECK (session_idle_seconds BETWEEN 60 AND 604800),
    ADD COLUMN session_absolute_seconds integer CHECK (session_absolute_seconds BETWEEN 60 AND 2592000),
    ADD COLUMN registration             boolean,
    ADD COLUMN require_2fa_admin        boolean,
    ADD COLUMN audit_anonymise          boolean,
    ADD CHECK (session_idle_seconds <= session_absolute_seconds);

INSERT INTO audit_action (name, kept) VALUES ('settings.edit', false);
