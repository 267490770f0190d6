-- What the serving role may do: rows yes, schema no. Run by the owner after the migrations, each time
-- and inside their lock: so it also reaches a role that was made later than the tables. What a new
-- migration makes gets its line here; a right that is to go needs its REVOKE here.
--
-- The history of scans and the audit log only grow: it may neither change nor remove what is written
-- there. Partitions are reached through their parent tables, so new months need nothing here.

-- These have the owner's rights.
REVOKE ALL ON FUNCTION audit_seal_notes(bigint, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_snapshots_empty(bigint, integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION audit_month_drop() FROM PUBLIC;
REVOKE ALL ON FUNCTION young_tables_analyse() FROM PUBLIC;

DO $$
BEGIN
    -- Who may not make the role serves as the owner.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracetrack_serve') THEN
        RETURN;
    END IF;

    GRANT USAGE ON SCHEMA public TO tracetrack_serve;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tracetrack_serve;

    GRANT SELECT
       ON schema_migration, audit_action, audit_seal, audit_head
       TO tracetrack_serve;
    GRANT SELECT, INSERT
       ON scan, audit_log, audit_pending, deleted_bag, label_run
       TO tracetrack_serve;
    GRANT SELECT, UPDATE
       ON org
       TO tracetrack_serve;
    GRANT SELECT, INSERT, UPDATE
       ON promotion_request
       TO tracetrack_serve;
    GRANT SELECT, INSERT, UPDATE, DELETE
       ON area, bag_family, users, session, login_attempt, attempt, two_factor, recovery_code,
          password_reset, bag, bill, return_ticket, return_ticket_bag, counter, counter_hour, notification, mail, job,
          import, import_file, import_piece, import_row
       TO tracetrack_serve;

    GRANT EXECUTE ON FUNCTION audit_seal_notes(bigint, integer) TO tracetrack_serve;
    GRANT EXECUTE ON FUNCTION audit_snapshots_empty(bigint, integer) TO tracetrack_serve;
    GRANT EXECUTE ON FUNCTION audit_month_drop() TO tracetrack_serve;
    GRANT EXECUTE ON FUNCTION young_tables_analyse() TO tracetrack_serve;
END
$$;
