-- health_answer()
SELECT count(*) AS count FROM org o WHERE o.org_id = $1;

-- health_pool_uses()
-- All sessions of this PostgreSQL, whoever asks.
SELECT CASE WHEN a.datname = current_database() AND a.application_name <> ''
            THEN regexp_replace(a.application_name, '-[0-9]+$', '')
            ELSE 'others'
       END AS use,
       count(*) AS sessions,
       count(*) FILTER (WHERE a.state = 'active') AS active,
       count(*) FILTER (WHERE a.state LIKE 'idle in transaction%') AS idle_in_transaction,
       count(*) FILTER (WHERE a.wait_event_type = 'Lock') AS waiting
  FROM pg_stat_activity a
 WHERE a.backend_type = 'client backend'
   AND $1::bigint IS NOT NULL
 GROUP BY 1
 ORDER BY 1
 LIMIT 100;

-- health_database()
-- Of replication only what the role may see: the rest is null.
SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS sessions,
       current_setting('max_connections')::bigint
           - current_setting('superuser_reserved_connections')::bigint AS sessions_max,
       pg_database_size(d.datid) AS database_bytes,
       (SELECT COALESCE(max(extract(epoch FROM clock_timestamp() - a.xact_start) * 1000000), 0)::bigint
          FROM pg_stat_activity a
         WHERE a.backend_type = 'client backend'
           AND a.pid <> pg_backend_pid()) AS oldest_us,
       pg_current_wal_lsn() AS wal_position,
       pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint AS wal_bytes,
       d.deadlocks, d.blks_hit AS cache_hits, d.blks_read AS cache_reads,
       d.xact_commit AS commits, d.xact_rollback AS rollbacks,
       r.standbys, r.lag_bytes, r.lag_us,
       has_function_privilege('pg_ls_waldir()', 'EXECUTE') AS sees_wal
  FROM pg_stat_database d
 CROSS JOIN (SELECT count(*) AS standbys,
                    max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn))::bigint AS lag_bytes,
                    max(extract(epoch FROM replay_lag) * 1000000)::bigint AS lag_us
               FROM pg_stat_replication) r
 WHERE d.datname = current_database()
   AND $1::bigint IS NOT NULL;

-- health_wal_kept()
SELECT COALESCE(sum(size), 0)::bigint AS bytes FROM pg_ls_waldir() WHERE $1::bigint IS NOT NULL;

-- health_jobs()
-- Of all organisations.
SELECT state, count(*) AS jobs
  FROM job
 WHERE $1::bigint IS NOT NULL
 GROUP BY state;

-- health_tables()
-- The largest tables; partitions count as their parent's.
SELECT COALESCE(p.relname, c.relname) AS name,
       sum(pg_total_relation_size(c.oid))::bigint AS bytes,
       sum(GREATEST(c.reltuples, 0))::bigint AS rows
  FROM pg_class c
  LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
  LEFT JOIN pg_class p ON p.oid = i.inhparent
 WHERE c.relnamespace = 'public'::regnamespace
   AND c.relkind = 'r'
   AND $1::bigint IS NOT NULL
 GROUP BY 1
 ORDER BY bytes DESC, name
 LIMIT 10;

-- health_schema()
-- The checksum is one over those of all migrations, so that it tells two schemas apart.
SELECT max(version)::bigint AS version,
       encode(sha256(convert_to(string_agg(checksum, '' ORDER BY version), 'UTF8')), 'hex') AS checksum
  FROM schema_migration
 WHERE $1::bigint IS NOT NULL;
