import { query, seg, type Asker } from './ask';
import type { Page, Paging } from './list';
import type { ParentState, ScanEvent } from './scans';
import type { BagKind, BagStatus } from './tables';

export interface BagRow {
  qr: string;
  kind: BagKind;
  family: string | null;
  status: BagStatus | null;
  area: string | null;
  child_count: number | null;
  capacity: number | null;
  weight_kg: number | null;
  parent: string | null;
  bill: string | null;
  created_at: string;
  created_by: string | null;
}

export interface Bag extends BagRow {
  expected_weight_kg: number | null;
  children: string[];
  updated_at: string;
}

export interface BagFilters extends Paging {
  kind?: string;
  family?: string;
  status?: string;
  area?: string;
  linked?: string | boolean;
  billed?: string | boolean;
  user?: string;
  from?: string;
  to?: string;
  q?: string;
  fields?: string;
}

export interface NewBag {
  qr: string;
  parent?: string;
}

export class BagsApi {
  constructor(private readonly api: Asker) {}

  get(qr: string): Promise<Bag> {
    return this.api.ask('GET', `/api/bag/${seg(qr)}`);
  }

  list(filters: BagFilters = {}): Promise<Page<BagRow>> {
    return this.api.ask('GET', `/api/bags${query(filters)}`);
  }

  history(qr: string, paging: Paging = {}): Promise<Page<ScanEvent>> {
    return this.api.ask('GET', `/api/bag/${seg(qr)}/history${query(paging)}`);
  }

  /** One bag, or up to 1,000 with a verdict for each. */
  create(body: NewBag | { bags: NewBag[] }): Promise<unknown> {
    return this.api.ask('POST', '/api/bags', body);
  }

  /** Delete an empty, free bag. */
  remove(qr: string): Promise<void> {
    return this.api.ask('DELETE', `/api/bags/${seg(qr)}`);
  }
}

export class ParentsApi {
  constructor(private readonly api: Asker) {}

  /** The parent with this code, made if it is well-formed and new. */
  open(body: { id: string; qr: string }): Promise<Bag> {
    return this.api.ask('POST', '/api/parents', body);
  }

  finish(qr: string): Promise<ParentState> {
    return this.api.ask('POST', `/api/parents/${seg(qr)}/finish`);
  }

  reopen(qr: string, reason: string): Promise<ParentState> {
    return this.api.ask('POST', `/api/parents/${seg(qr)}/reopen`, { reason });
  }

  /** Replace the whole list of children (admin). */
  setChildren(qr: string, children: readonly string[]): Promise<unknown> {
    return this.api.ask('PUT', `/api/parents/${seg(qr)}/children`, { children });
  }
}
