/** Health: how the server, its machine and its PostgreSQL are, for administrators. */
import type { Asker } from './ask';
import type { Page } from './list';
import type { HealthLevel } from './tables';

/** How full something is. */
export interface Room {
  level: HealthLevel | null; // null: not known
  threshold: 70 | 85 | 95 | null; // the highest that is reached, in percent
  percent: number | null;
}

export interface SystemHealth {
  level: HealthLevel | null;
  version: string;
  uptime_seconds: number;
  errors_last_hour: number;
  schema: { version: number; checksum: string };
  sessions: Room & { used: number; max: number };
  process: {
    resident_bytes: number | null;
    cpu_ms: number;
    threads: number | null;
    files: number | null;
    files_max: number;
  };
  memory: Room & { total_bytes: number | null; free_bytes: number | null };
  disk: Room & { total_bytes: number | null; free_bytes: number | null };
  database: { bytes: number; tables: { name: string; bytes: number; rows: number }[] };
  wal: { position: string; written_bytes: number; kept_bytes: number | null };
  replication: { standbys: number; lag_bytes: number | null; lag_ms: number | null };
  oldest_transaction_ms: number | null;
}

export interface SlowQuery {
  name: string;
  calls: number;
  total_ms: number;
  mean_ms: number;
  max_ms: number;
  last_at: string;
}

export class HealthApi {
  constructor(private readonly api: Asker) {}

  system(): Promise<SystemHealth> {
    return this.api.ask('GET', '/api/system_health');
  }

  /** Statements that took 100 ms or more since the server's start. */
  slow(): Promise<Page<SlowQuery>> {
    return this.api.ask('GET', '/api/slow_queries');
  }
}
