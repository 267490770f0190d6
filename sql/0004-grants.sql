-- What the serving role may do: rows yes, schema no. The history of scans and the audit log only
-- grow: it may neither change nor remove what is written there. Partitions are reached through their
-- parent tables, so new months need nothing here.
--
-- A function, so that it can be said again (by the owner) when the role is made after the tables.
CREATE FUNCTION serve_rights() RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracetrack_serve') THEN
        RETURN;
    END IF;

    GRANT USAGE ON SCHEMA public TO tracetrack_serve;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tracetrack_serve;

    GRANT SELECT ON schema_migration TO tracetrack_serve;
    GRANT SELECT, UPDATE ON org TO tracetrack_serve;
    GRANT SELECT, INSERT, UPDATE, DELETE
       ON area, bag_family, users, session, login_attempt, bag, bill, counter, counter_hour
       TO tracetrack_serve;
    GRANT SELECT, INSERT ON scan, audit_log TO tracetrack_serve;
END
$$;

SELECT serve_rights();
