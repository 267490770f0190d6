import { query, seg, verdictOf, type Asker, type Reply } from './ask';
import type { Page, Paging } from './list';
import { Unreachable } from './problem';
import type { BagStatus, BillStatus, ScanVerdict } from './tables';

export const billVerdicts = [
  'linked',
  'already_here',
  'elsewhere',
  'full',
  'not_found',
  'is_child',
  'completed',
  'bad_code',
  'not_a_parent',
  'other_area',
] as const satisfies readonly ScanVerdict[];
export type BillVerdict = (typeof billVerdicts)[number];

/** What a scan changes of a bill; the answer to a scan carries no more. */
export interface BillFigures {
  code: string;
  status: BillStatus;
  capacity: number;
  linked: number;
  remaining: number;
  percent: number;
  children: number;
  weight_kg: number;
  expected_weight_kg: number;
  difference_kg: number;
}

export interface Bill extends BillFigures {
  description: string | null;
  returned: number;
  created_by: string | null;
  created_at: string;
  updated_at: string;
  short_reason: string | null; // why it was finished with less than its capacity
}

export interface BillBag {
  qr: string;
  family: string;
  child_count: number;
  capacity: number;
  weight_kg: number;
  expected_weight_kg: number;
  status: BagStatus;
  linked_at: string;
  linked_by: string | null;
}

export type BillAction =
  | 'bill.create'
  | 'bill.edit'
  | 'bill.finish'
  | 'bill.reopen'
  | 'bill.add_bag'
  | 'bill.remove_bag'
  | 'bill.refuse'
  | 'bill.return'
  | 'bill.unreturn';

export interface BillEvent {
  id: number | string;
  at: string;
  action: BillAction;
  user: string | null;
  reason: string | null;
  bag: string | null;
  verdict: string | null; // of a scan
  before: unknown;
  after: unknown;
}

export interface BillFilters extends Paging {
  status?: string;
  user?: string;
  from?: string;
  to?: string;
  q?: string;
}

export interface BillScan {
  id: string;
  qr: string;
  create?: boolean; // make an unknown, well-formed parent (typed by hand)
}

/** What became of a parent that was scanned onto a bill. */
export interface BillAnswer {
  status: number;
  verdict: BillVerdict;
  bag: { qr: string; child_count: number; capacity: number } | null;
  bill: BillFigures | null;
  where?: string;
}

export class BillsApi {
  constructor(private readonly api: Asker) {}

  create(body: { code: string; capacity: number; description?: string }): Promise<Bill> {
    return this.api.ask('POST', '/api/bills', body);
  }

  list(filters: BillFilters = {}): Promise<Page<Bill>> {
    return this.api.ask('GET', `/api/bills${query(filters)}`);
  }

  get(code: string): Promise<Bill> {
    return this.api.ask('GET', `/api/bills/${seg(code)}`);
  }

  patch(code: string, body: { description?: string; capacity?: number }): Promise<Bill> {
    return this.api.ask('PATCH', `/api/bills/${seg(code)}`, body);
  }

  remove(code: string): Promise<{ freed: number }> {
    return this.api.ask('DELETE', `/api/bills/${seg(code)}`);
  }

  /** Scan a parent onto a bill. A refused scan is an answer, not an error. */
  async addBag(code: string, scan: BillScan): Promise<BillAnswer> {
    const reply = await this.api.call('POST', `/api/bills/${seg(code)}/bags`, scan);
    const answer = billAnswer(reply);
    if (answer === null) this.api.refuse(reply);
    if (answer === null) throw new Unreachable('the answer is not about this scan');
    return answer;
  }

  bags(code: string, paging: Paging = {}): Promise<Page<BillBag>> {
    return this.api.ask('GET', `/api/bills/${seg(code)}/bags${query(paging)}`);
  }

  removeBag(code: string, qr: string): Promise<{ qr: string; bill: Bill }> {
    return this.api.ask('DELETE', `/api/bills/${seg(code)}/bags/${seg(qr)}`);
  }

  finish(code: string, reason?: string): Promise<Bill> {
    return this.api.ask('POST', `/api/bills/${seg(code)}/finish`, reason === undefined ? {} : { reason });
  }

  reopen(code: string, reason: string): Promise<Bill> {
    return this.api.ask('POST', `/api/bills/${seg(code)}/reopen`, { reason });
  }

  events(code: string, paging: Paging = {}): Promise<Page<BillEvent>> {
    return this.api.ask('GET', `/api/bills/${seg(code)}/events${query(paging)}`);
  }
}

function billAnswer(reply: Reply): BillAnswer | null {
  const verdict = verdictOf(reply, billVerdicts, 'linked');
  if (verdict === null) return null;
  const body = reply.body as Partial<BillAnswer>;
  const answer: BillAnswer = { status: reply.status, verdict, bag: body.bag ?? null, bill: body.bill ?? null };
  if (typeof body.where === 'string') answer.where = body.where;
  return answer;
}
