-- A table's statistics are made at its first pages, and again each time it has become ten times as large;
-- autovacuum, which comes once a minute, keeps up with the rest. Without them the planner takes any
-- index that begins with org_id for as good as the right one; and after a VACUUM of an empty table even
-- the check of a foreign key reads the whole organisation, until somebody analyses. ANALYZE also makes
-- every session plan anew.
CREATE FUNCTION young_tables_analyse() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    young record;
    found integer := 0;
BEGIN
    FOR young IN
        SELECT c.oid::regclass AS name
          FROM pg_class c
         WHERE c.relnamespace = 'public'::regnamespace
           AND c.relkind = 'r'
           AND pg_relation_size(c.oid) >= 2 * current_setting('block_size')::bigint
           AND pg_relation_size(c.oid) >= 10 * c.relpages * current_setting('block_size')::bigint
         ORDER BY c.oid
    LOOP
        EXECUTE format('ANALYZE (SKIP_LOCKED) %s', young.name);
        found := found + 1;
    END LOOP;
    RETURN found;
END
$$;
