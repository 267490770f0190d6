/** The audit log, for administrators. */
import { query, type Asker } from './ask';
import type { Page, Paging } from './list';

export interface AuditNote {
  id: number;
  at: string;
  user: string | null;
  action: string; // bill.finish
  entity: string; // bill
  entity_id: number | null;
  name: string | null; // what the thing is called now; null when it is gone
  before: unknown; // gone after 30 days, as `after` is
  after: unknown;
  reason: string | null;
  address: string;
  request_id: string;
}

export interface AuditFilters extends Paging {
  user?: string;
  action?: string;
  entity?: string;
  from?: string; // day
  to?: string;
}

/** What a look at the chain found; `next` is where to go on when there is more. */
export interface AuditCheck {
  ok: boolean;
  sealed: number;
  retired: number;
  notes: number;
  waiting: number;
  seq: number | null;
  hash: string | null;
  wrong: {
    what: 'missing' | 'changed' | 'inserted' | 'broken';
    seq: number | null;
    id: number | null;
    at: string | null;
  } | null;
  next: string | null;
}

/** The server looks for 20 seconds at most before it says where to go on. */
const verifyTimeout = 30_000; // milliseconds

export class AuditApi {
  constructor(private readonly api: Asker) {}

  list(filters: AuditFilters = {}): Promise<Page<AuditNote>> {
    return this.api.ask('GET', `/api/audit${query(filters)}`);
  }

  verify(from: string | null = null): Promise<AuditCheck> {
    return this.api.ask('GET', `/api/audit/verify${query({ from })}`, undefined, { timeout: verifyTimeout });
  }
}
