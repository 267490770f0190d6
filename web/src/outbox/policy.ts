/**
 * Policy: what an answer means for the scans that were sent. "Got an answer" is not "stored": only
 * our server's own verdict about a scan settles it. Everything else keeps it waiting.
 */
import { ApiProblem, type BatchResult, type BillFigures, type ParentState, type TicketFigures } from '../api';
import { isPackVerdict } from '../api';
import type { Answer, Outcome, Scan } from './scan';

/** The results that are about these scans, by scan. */
export function fromBatch(scans: readonly Scan[], results: readonly BatchResult[]): Answer {
  const asked = new Set(scans.map((scan) => scan.id));
  const of = new Map<string, Outcome>();
  for (const result of results) {
    if (!asked.has(result?.id)) continue;
    if (isPackVerdict(result.verdict)) of.set(result.id, outcome({ ...result, verdict: result.verdict }));
    else if (isFinal(result.status, 'pack')) of.set(result.id, { status: result.status, verdict: 'refused' });
  }
  // Nothing about any of them: whoever answered, it was not an answer to this.
  return of.size === 0 ? { kind: 'unreachable' } : { kind: 'verdicts', of };
}

interface Told {
  status: number;
  verdict: string;
  parent?: ParentState | null;
  bill?: BillFigures | string | null; // of a return, the code of the bill that it came off
  ticket?: TicketFigures | null;
  where?: string;
}

export function outcome(told: Told): Outcome {
  const kept: Outcome = { status: told.status, verdict: told.verdict };
  if (told.parent != null) kept.parent = told.parent;
  if (typeof told.bill === 'string') kept.where = told.bill;
  else if (told.bill != null) kept.bill = told.bill;
  if (told.ticket != null) kept.ticket = told.ticket;
  if (told.where !== undefined) kept.where = told.where;
  return kept;
}

export function fromError(scans: readonly Scan[], error: unknown): Answer {
  if (!(error instanceof ApiProblem)) return { kind: 'unreachable' };
  if (error.status === 401) return { kind: 'signed_out' };
  const [only] = scans;
  if (!isFinal(error.status, only?.kind)) return wait(error.retryAfter);
  if (scans.length > 1 || only === undefined) return { kind: 'too_many' };
  const { reason, params } = error.problem;
  const refused: Outcome = { status: error.status, verdict: 'refused', words: error.message };
  if (reason !== undefined) Object.assign(refused, { reason, params: params ?? {} });
  return { kind: 'verdicts', of: new Map([[only.id, refused]]) };
}

/** Our server read the scan and will never take it; asking again would block those behind it. */
function isFinal(status: number, kind: Scan['kind'] | undefined): boolean {
  if (status === 404) return kind !== 'pack'; // the bill or ticket is gone; the way for children never is
  return status === 400 || status === 409 || status === 413 || status === 422;
}

function wait(retryAfter: number | null): Answer {
  return retryAfter === null ? { kind: 'unreachable' } : { kind: 'unreachable', retryAfter };
}

/** Milliseconds before the next attempt: quick at first, never longer than half a minute. */
export function backOff(failures: number, random: () => number = Math.random): number {
  const full = Math.min(30_000, 1_000 * 2 ** Math.min(failures, 5));
  return full / 2 + (full / 2) * random(); // 100 phones must not come back in the same instant
}
