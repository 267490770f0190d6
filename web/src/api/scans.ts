import { query, seg, verdictOf, type Asker, type Reply } from './ask';
import type { Page, Paging } from './list';
import { Unreachable } from './problem';
import type { BagStatus, ScanKind, ScanVerdict } from './tables';

export const packVerdicts = [
  'linked',
  'already_here',
  'elsewhere',
  'full',
  'is_parent',
  'not_a_parent',
  'bad_code',
  'bill_closed',
  'other_area',
] as const satisfies readonly ScanVerdict[];
export type PackVerdict = (typeof packVerdicts)[number];

export interface ParentState {
  qr: string;
  child_count: number;
  capacity: number;
  status: BagStatus;
  family: string;
}

export interface ScanRequest {
  id: string;
  parent: string;
  child: string;
  at?: string;
}

/** What became of a scan; the same for a link and for a refusal. */
export interface ScanAnswer {
  status: number;
  verdict: PackVerdict;
  parent: ParentState | null;
  child: string;
  where?: string; // the other parent, for `elsewhere`
}

export interface BatchResult {
  id: string;
  status: number;
  verdict: PackVerdict | null; // null: this one failed; keep it and send it again
  parent?: ParentState | null;
  child?: string;
  where?: string;
}

export interface ScanEvent {
  id: number | string;
  at: string;
  recorded_at: string | null;
  kind: ScanKind;
  verdict: string | null;
  user: string | null;
  parent: string | null;
  child: string | null;
  bill: string | null;
  ticket: string | null; // of a return
  scanned: string | null;
  reason: string | null;
}

export interface ScanFilters extends Paging {
  user?: string;
  bag?: string;
  kind?: string;
  from?: string;
  to?: string;
}

export class ScansApi {
  constructor(private readonly api: Asker) {}

  /** Put a child into a parent. A refused scan is an answer, not an error. */
  async add(scan: ScanRequest): Promise<ScanAnswer> {
    const reply = await this.api.call('POST', '/api/scans', scan);
    const answer = scanAnswer(reply, scan.child);
    if (answer === null) this.api.refuse(reply);
    if (answer === null) throw new Unreachable('the answer is not about this scan');
    return answer;
  }

  async batch(scans: readonly ScanRequest[]): Promise<BatchResult[]> {
    const body = await this.api.ask<{ results?: unknown }>('POST', '/api/scans/batch', { scans });
    if (!Array.isArray(body.results)) throw new Unreachable('the answer is not about these scans');
    return body.results as BatchResult[];
  }

  /** Take back the asker's own latest link in this parent. */
  undo(parent: string): Promise<{ child: string; parent: ParentState }> {
    return this.api.ask('POST', '/api/scans/undo', { parent });
  }

  unlink(parent: string, child: string, reason: string): Promise<ParentState> {
    return this.api.ask('DELETE', `/api/parents/${seg(parent)}/children/${seg(child)}`, { reason });
  }

  list(filters: ScanFilters = {}): Promise<Page<ScanEvent>> {
    return this.api.ask('GET', `/api/scans${query(filters)}`);
  }
}

function scanAnswer(reply: Reply, child: string): ScanAnswer | null {
  const verdict = verdictOf(reply, packVerdicts, 'linked');
  if (verdict === null) return null;
  const body = reply.body as Partial<ScanAnswer>;
  const answer: ScanAnswer = {
    status: reply.status,
    verdict,
    parent: body.parent ?? null,
    child: body.child ?? child,
  };
  if (typeof body.where === 'string') answer.where = body.where;
  return answer;
}

export function isPackVerdict(value: unknown): value is PackVerdict {
  return packVerdicts.includes(value as PackVerdict);
}
