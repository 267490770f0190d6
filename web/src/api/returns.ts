import { query, seg, verdictOf, type Asker, type Reply } from './ask';
import type { Page, Paging } from './list';
import { Unreachable } from './problem';
import type { ScanVerdict, TicketStatus, TicketStay } from './tables';

export const returnVerdicts = [
  'done',
  'already_here',
  'not_on_a_bill',
  'not_found',
  'is_child',
  'ticket_closed',
] as const satisfies readonly ScanVerdict[];
export type ReturnVerdict = (typeof returnVerdicts)[number];

/** What a scan changes of a ticket. */
export interface TicketFigures {
  code: string;
  bags: number;
  children: number;
  weight_kg: number;
}

export interface Ticket extends TicketFigures {
  location: string;
  notes: string;
  status: TicketStatus;
  created_by: string | null;
  created_at: string;
  closed_by: string | null;
  closed_at: string | null;
  updated_at: string;
}

export interface TicketBag {
  qr: string;
  family: string | null;
  bill: string | null; // that it came off; null: the bill is gone
  child_count: number;
  weight_kg: number;
  returned_at: string;
  returned_by: string | null;
  not_restored: TicketStay | null; // of a cancelled ticket: why it stayed off its bill
}

export interface TicketFilters extends Paging {
  status?: string;
  user?: string;
  from?: string;
  to?: string;
  q?: string;
}

/** What became of a parent that was scanned onto a ticket. */
export interface ReturnAnswer {
  status: number;
  verdict: ReturnVerdict;
  bill: string | null;
  ticket: TicketFigures | null;
}

export interface Cancelled {
  restored: string[];
  not_restored: { qr: string | null; why: TicketStay }[];
  ticket: Ticket;
}

export class ReturnsApi {
  constructor(private readonly api: Asker) {}

  create(body: { location: string; notes?: string }): Promise<Ticket> {
    return this.api.ask('POST', '/api/returns', body);
  }

  list(filters: TicketFilters = {}): Promise<Page<Ticket>> {
    return this.api.ask('GET', `/api/returns${query(filters)}`);
  }

  get(code: string): Promise<Ticket> {
    return this.api.ask('GET', `/api/returns/${seg(code)}`);
  }

  patch(code: string, body: { location?: string; notes?: string }): Promise<Ticket> {
    return this.api.ask('PATCH', `/api/returns/${seg(code)}`, body);
  }

  /** Scan a parent onto a ticket. A refused scan is an answer, not an error. */
  async addBag(code: string, scan: { id: string; qr: string }): Promise<ReturnAnswer> {
    const reply = await this.api.call('POST', `/api/returns/${seg(code)}/bags`, scan);
    const answer = returnAnswer(reply);
    if (answer === null) this.api.refuse(reply);
    if (answer === null) throw new Unreachable('the answer is not about this scan');
    return answer;
  }

  bags(code: string, paging: Paging = {}): Promise<Page<TicketBag>> {
    return this.api.ask('GET', `/api/returns/${seg(code)}/bags${query(paging)}`);
  }

  undoBag(code: string, qr: string): Promise<{ qr: string; ticket: Ticket }> {
    return this.api.ask('DELETE', `/api/returns/${seg(code)}/bags/${seg(qr)}`);
  }

  commit(code: string): Promise<Ticket> {
    return this.api.ask('POST', `/api/returns/${seg(code)}/commit`);
  }

  cancel(code: string): Promise<Cancelled> {
    return this.api.ask('POST', `/api/returns/${seg(code)}/cancel`);
  }
}

function returnAnswer(reply: Reply): ReturnAnswer | null {
  const verdict = verdictOf(reply, returnVerdicts, 'done');
  if (verdict === null) return null;
  const body = reply.body as Partial<ReturnAnswer>;
  return { status: reply.status, verdict, bill: body.bill ?? null, ticket: body.ticket ?? null };
}
