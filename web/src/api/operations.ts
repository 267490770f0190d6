/** What the server does by itself, for administrators. Their screens make these groups of calls themselves. */
import { query, seg, type Asker } from './ask';
import type { Page, Paging } from './list';
import type { BillStatus, JobKind, JobState, ScanVerdict } from './tables';

/** One day, as it stands now. */
export interface DaySummary {
  day: string;
  zone: string;
  ended: boolean; // the day is over
  scans: number;
  linked: number; // children packed
  late: number; // scans that arrived on a later day
  parents_completed: number;
  bills_completed: number;
  returned: number; // parents that came back
  returned_children: number;
  returned_kg: number;
  people: { user: string | null; area: string | null; scans: number; linked: number; refused: number }[];
  refusals: { verdict: ScanVerdict; scans: number }[];
  bills: {
    code: string;
    status: BillStatus;
    linked: number;
    capacity: number;
    children: number;
    weight_kg: number;
    expected_weight_kg: number;
    created_by: string | null;
  }[];
}

export class EndOfDayApi {
  constructor(private readonly api: Asker) {}

  /** Without a day it is today. */
  get(day?: string): Promise<DaySummary> {
    return this.api.ask('GET', `/api/eod${query({ day })}`);
  }

  /** Mail it to the administrators. */
  send(day: string): Promise<void> {
    return this.api.ask('POST', '/api/eod/send', { day });
  }
}

export interface Job {
  id: number;
  kind: JobKind;
  key: string | null; // what it is about, for example a day
  state: JobState;
  tries: number;
  error: string | null;
  created_at: string;
  due_at: string;
  ended_at: string | null;
}

export class JobsApi {
  constructor(private readonly api: Asker) {}

  list(filters: Paging & { state?: string } = {}): Promise<Page<Job>> {
    return this.api.ask('GET', `/api/jobs${query(filters)}`);
  }

  /** A parked job gets new tries. */
  runAgain(id: number): Promise<void> {
    return this.api.ask('POST', `/api/jobs/${seg(String(id))}/run`);
  }
}

/** What administrators set for their organisation. */
export interface Settings {
  time_zone: string;
  eod_hour: number | null; // of the organisation's day; null: no mail
  session_idle_seconds: number;
  session_absolute_seconds: number;
  registration: boolean;
  require_2fa_admin: boolean;
  audit_anonymise: boolean;
}

export class SettingsApi {
  constructor(private readonly api: Asker) {}

  get(): Promise<Settings> {
    return this.api.ask('GET', '/api/settings');
  }

  put(settings: Settings): Promise<Settings> {
    return this.api.ask('PUT', '/api/settings', settings);
  }
}
