-- The audit log as a chain: every note gets a seal, and every seal holds the digest of the one
-- before it. Who changes, removes, adds or swaps a note afterwards breaks the chain.
--
-- Notes are sealed a few seconds after they are committed, so no lock stands in their way. Which
-- ones still have to be is no matter of times or transaction numbers: each note leaves its key in
-- audit_pending, in its own transaction, and only sealing takes it away. A note whose transaction
-- commits an hour late is sealed an hour late, and none can be skipped.

CREATE TABLE audit_pending (
    org_id bigint      NOT NULL,
    id     bigint      NOT NULL,
    at     timestamptz NOT NULL,
    PRIMARY KEY (org_id, id)
);

INSERT INTO audit_pending SELECT org_id, id, at FROM audit_log;

-- One row per sealed note, only added to.
CREATE TABLE audit_seal (
    org_id    bigint      NOT NULL,
    seq       bigint      NOT NULL CHECK (seq > 0), -- without gaps
    at        timestamptz NOT NULL,
    id        bigint      NOT NULL,
    -- About deletions and roles: such a note stays, and so do its before and after.
    kept      boolean     NOT NULL,
    -- Digest of before and after, so that the note can be checked when they are emptied.
    snapshots bytea       CHECK (length(snapshots) = 32),
    note_hash bytea       NOT NULL CHECK (length(note_hash) = 32),
    hash      bytea       NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (org_id, seq)
);

-- audit_verify_notes, audit_month_drop, audit_snapshots_empty: the seal of a note
CREATE UNIQUE INDEX audit_seal_of_note ON audit_seal (org_id, at, id) INCLUDE (kept);

-- The last seal. Whoever seals holds its row: one at a time for each organisation.
CREATE TABLE audit_head (
    org_id bigint PRIMARY KEY,
    seq    bigint NOT NULL DEFAULT 0 CHECK (seq >= 0),
    hash   bytea  CHECK (length(hash) = 32),
    CHECK ((seq = 0) = (hash IS NULL))
) WITH (fillfactor = 40);

-- audit_list: newest first, of one user, one action, one kind of thing
CREATE INDEX audit_log_by_user ON audit_log (org_id, user_id, at, id);
CREATE INDEX audit_log_by_action ON audit_log (org_id, action, at, id);
CREATE INDEX audit_log_by_kind ON audit_log (org_id, entity, at, id);

-- What is hashed. Each text is a JSON array, so no two rows have the same, and it depends on no
-- setting of the session. These functions are never changed: old seals have to fit them.

CREATE FUNCTION audit_us(moment timestamptz) RETURNS numeric
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN trunc(extract(epoch FROM moment) * 1000000);

CREATE FUNCTION audit_snapshots(before jsonb, after jsonb) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN CASE WHEN before IS NOT NULL OR after IS NOT NULL
                THEN sha256(convert_to(json_build_array(before::text, after::text)::text, 'UTF8'))
           END;

CREATE FUNCTION audit_note_hash(note audit_log, snapshots bytea) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN sha256(convert_to(
        json_build_array((note).org_id, audit_us((note).at), (note).id, (note).user_id,
                         (note).action, (note).entity, (note).entity_id,
                         encode(snapshots, 'hex'), (note).reason, (note).address,
                         (note).request_id)::text, 'UTF8'));

-- What a seal adds to the hash before it. A note that is gone by retention needs no more than this.
CREATE FUNCTION audit_link(seal audit_seal) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (seal).note_hash
        || convert_to(json_build_array((seal).org_id, (seal).seq, audit_us((seal).at), (seal).id,
                                       (seal).kept)::text, 'UTF8');

-- The first seal has none before it.
CREATE FUNCTION audit_next(before bytea, link bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sha256(COALESCE(before, ''::bytea) || link);

CREATE FUNCTION audit_chain_step(state bytea, head bytea, link bytea) RETURNS bytea
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN audit_next(COALESCE(state, head), link);

-- As a window function: the hashes of all the links that follow `head`.
CREATE AGGREGATE audit_chain(head bytea, link bytea) (SFUNC = audit_chain_step, STYPE = bytea);

-- Retention: before and after for 30 days; notes for 90, then until the end of their month.

CREATE FUNCTION audit_is_kept(note audit_log) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (note).action ~ '(delete|role|promot|set_up)'
        OR ((note).before ->> 'role') IS DISTINCT FROM ((note).after ->> 'role');

CREATE FUNCTION audit_snapshots_since(moment timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN moment - interval '720 hours';

CREATE FUNCTION audit_notes_since(moment timestamptz) RETURNS timestamptz
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN date_trunc('month', (moment - interval '2160 hours') AT TIME ZONE 'UTC')
           AT TIME ZONE 'UTC';

-- The functions below have the owner's rights: the serving role can neither write a seal nor empty
-- or drop anything by itself. They are planned anew each time: a plan that was made while a month
-- was empty may use an index that is no good once it is full. For the same reason the keys to look
-- for are gathered first, org_id among them: of an organisation that it has not met yet the planner
-- believes that there is one row, and then any index will do.

-- Seal up to `most` notes of an organisation, in the order of their ids; says how many. 0 as well
-- when somebody else is just doing it.
CREATE FUNCTION audit_seal_notes(org bigint, most integer) RETURNS bigint
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
        SELECT w.org_id, w.at, w.id, audit_is_kept(a) AS kept, d.snapshots,
               audit_note_hash(a, d.snapshots) AS note_hash
          FROM waiting w
          JOIN audit_log a ON a.org_id = w.org_id AND a.at = w.at AND a.id = w.id
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

-- Empty before and after of up to `most` old notes of an organisation; says how many. Only of
-- sealed ones, whose digests are safe.
CREATE FUNCTION audit_snapshots_empty(org bigint, most integer) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    count bigint;
BEGIN
    WITH full_ones AS MATERIALIZED (
        SELECT a.org_id, a.at, a.id
          FROM audit_log a
         WHERE a.org_id = org
           AND a.at < audit_snapshots_since(now())
           AND (a.before IS NOT NULL OR a.after IS NOT NULL)
         ORDER BY a.at, a.id
    ), old AS MATERIALIZED (
        SELECT f.org_id, f.at, f.id
          FROM full_ones f
          JOIN audit_seal s ON s.org_id = f.org_id AND s.at = f.at AND s.id = f.id
         WHERE NOT s.kept
         LIMIT most
    )
    UPDATE audit_log a
       SET before = NULL, after = NULL
      FROM old o
     WHERE a.org_id = o.org_id
       AND a.at = o.at
       AND a.id = o.id;

    GET DIAGNOSTICS count = ROW_COUNT;
    RETURN count;
END
$$;

-- Drop the partition of the oldest month that is over; says whether there was one. Its notes about
-- deletions and roles move to the default partition, so whoever reads audit_log still finds them.
-- They are looked up before the table is locked, which then is a matter of milliseconds.
CREATE FUNCTION audit_month_drop() RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
    SET lock_timeout = '2s' AS $$
DECLARE
    since timestamptz := audit_notes_since(now());
    month record;
    kept  audit_log[];
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('tracetrack partitions')) THEN
        RETURN false;
    END IF;

    SELECT m.name, m.first, m.first + interval '1 month' AS after INTO month
      FROM (SELECT c.relname AS name,
                   to_date(right(c.relname, 7), 'YYYY_MM')::timestamp AS first
              FROM pg_inherits i
              JOIN pg_class c ON c.oid = i.inhrelid
             WHERE i.inhparent = 'audit_log'::regclass
               AND c.relname ~ '^audit_log_\d{4}_\d\d$') m
     WHERE (m.first + interval '1 month') AT TIME ZONE 'UTC' <= since
       AND NOT EXISTS (SELECT
                         FROM audit_pending p
                        WHERE p.at >= m.first AT TIME ZONE 'UTC'
                          AND p.at < (m.first + interval '1 month') AT TIME ZONE 'UTC')
     ORDER BY m.first
     LIMIT 1;
    IF NOT FOUND THEN
        RETURN false;
    END IF;

    kept := ARRAY(
        SELECT a
          FROM org o
          JOIN audit_seal s ON s.org_id = o.org_id
                           AND s.at >= month.first AT TIME ZONE 'UTC'
                           AND s.at < month.after AT TIME ZONE 'UTC'
                           AND s.kept
          JOIN audit_log a ON a.org_id = s.org_id AND a.at = s.at AND a.id = s.id);

    EXECUTE format('ALTER TABLE audit_log DETACH PARTITION %I', month.name);
    EXECUTE format('DROP TABLE %I', month.name);
    INSERT INTO audit_log OVERRIDING SYSTEM VALUE SELECT * FROM unnest(kept);
    RETURN true;
END
$$;

-- What the serving role may do with these, said together with all that it could do before.
ALTER FUNCTION serve_rights() RENAME TO serve_rights_before_0005;

CREATE FUNCTION serve_rights() RETURNS void
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM serve_rights_before_0005();

    REVOKE ALL ON FUNCTION audit_seal_notes(bigint, integer) FROM PUBLIC;
    REVOKE ALL ON FUNCTION audit_snapshots_empty(bigint, integer) FROM PUBLIC;
    REVOKE ALL ON FUNCTION audit_month_drop() FROM PUBLIC;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tracetrack_serve') THEN
        RETURN;
    END IF;

    GRANT SELECT, INSERT ON audit_pending TO tracetrack_serve;
    GRANT SELECT ON audit_seal, audit_head TO tracetrack_serve;
    GRANT EXECUTE ON FUNCTION audit_seal_notes(bigint, integer) TO tracetrack_serve;
    GRANT EXECUTE ON FUNCTION audit_snapshots_empty(bigint, integer) TO tracetrack_serve;
    GRANT EXECUTE ON FUNCTION audit_month_drop() TO tracetrack_serve;
END
$$;

SELECT serve_rights();
