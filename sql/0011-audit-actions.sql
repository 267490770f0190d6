-- Which notes of the audit log are kept for ever is said for each action, not guessed from its name. The
-- rows are those of src/audit/action.def, of all organisations; a test holds them against each other.
-- A migration that adds an action adds its row.
CREATE TABLE audit_action (
    name text    PRIMARY KEY CHECK (length(name) BETWEEN 3 AND 50),
    kept boolean NOT NULL
);

INSERT INTO audit_action (name, kept)
VALUES ('audit.export',         false),
       ('bag.create',           false),
       ('bag.delete',           true),
       ('bag.reopen',           false),
       ('bag.set_children',     false),
       ('bag.unlink',           false),
       ('bill.create',          false),
       ('bill.delete',          true),
       ('bill.edit',            false),
       ('bill.finish',          false),
       ('bill.remove_bag',      false),
       ('bill.reopen',          false),
       ('area_create',          false),
       ('area_delete',          true),
       ('area_edit',            false),
       ('family_create',        false),
       ('family_delete',        true),
       ('family_edit',          false),
       ('locked',               false),
       ('password_change',      false),
       ('password_reset',       false),
       ('password_reset_sent',  false),
       ('password_wrong',       false),
       ('profile',              false),
       ('promotion_approve',    true),
       ('promotion_ask',        true),
       ('promotion_refuse',     true),
       ('recovery_code_used',   false),
       ('session_end',          false),
       ('set_up',               true),
       ('sign_in',              false),
       ('sign_in_failed',       false),
       ('sign_out',             false),
       ('two_factor_begin',     false),
       ('two_factor_off',       false),
       ('two_factor_on',        false),
       ('user_activate',        false),
       ('user_approve',         false),
       ('user_create',          true),
       ('user_delete',          true),
       ('user_edit',            false),
       ('user_lock',            false),
       ('user_password',        false),
       ('user_register',        true),
       ('user_register_failed', false),
       ('user_role',            true),
       ('user_sign_out',        false),
       ('user_unlock',          false);

-- As in 0005-audit-chain.sql, but for `kept`. What nobody has said anything about is kept.
CREATE OR REPLACE FUNCTION audit_seal_notes(org bigint, most integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    head  audit_head;
    count bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM audit_head h WHERE h.org_id = org) THEN
        INSERT INTO audit_head (org_id) VALUES (org) ON CONFLICT DO NOTHING;
    END IF;
    SELECT h.* INTO head FROM audit_head h WHERE h.org_id = org FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;

    -- A statement of its own: its snapshot was taken under the lock, so it has all seals.
    WITH waiting AS MATERIALIZED (
        SELECT p.org_id, p.at, p.id
          FROM audit_pending p
         WHERE p.org_id = org
         ORDER BY p.id
         LIMIT most
    ), due AS MATERIALIZED (
        SELECT w.org_id, w.at, w.id, COALESCE(k.kept, true) AS kept, d.snapshots,
               audit_note_hash(a, d.snapshots) AS note_hash
          FROM waiting w
          JOIN audit_log a ON a.org_id = w.org_id AND a.at = w.at AND a.id = w.id
          LEFT JOIN audit_action k ON k.name = a.action
         CROSS JOIN LATERAL (SELECT audit_snapshots(a.before, a.after) AS snapshots) d
    ), numbered AS (
        SELECT (d.org_id, head.seq + row_number() OVER (ORDER BY d.id), d.at, d.id, d.kept,
                d.snapshots, d.note_hash, NULL)::audit_seal AS seal
          FROM due d
         WHERE NOT EXISTS (SELECT
                             FROM audit_seal s
                            WHERE s.org_id = d.org_id AND s.at = d.at AND s.id = d.id)
    ), sealed AS (
        INSERT INTO audit_seal (org_id, seq, at, id, kept, snapshots, note_hash, hash)
        SELECT org, (n.seal).seq, (n.seal).at, (n.seal).id, (n.seal).kept, (n.seal).snapshots,
               (n.seal).note_hash,
               audit_chain(head.hash, audit_link(n.seal)) OVER (ORDER BY (n.seal).seq)
          FROM numbered n
        RETURNING seq, hash
    ), taken AS (
        DELETE FROM audit_pending p
         USING due d
         WHERE p.org_id = d.org_id
           AND p.id = d.id
    )
    UPDATE audit_head h
       SET seq = s.seq, hash = s.hash
      FROM (SELECT seq, hash FROM sealed ORDER BY seq DESC LIMIT 1) s
     WHERE h.org_id = org
    RETURNING h.seq - head.seq INTO count;

    RETURN COALESCE(count, 0);
END
$$;

DROP FUNCTION audit_is_kept(audit_log);
