import type { BillFigures, ParentState, TicketFigures } from '../api';

/** Scan: one code that went into one parent, or one parent that went onto one bill or return ticket. */
export interface Scan {
  id: string; // made here, once; sending it again is harmless
  kind: 'pack' | 'bill' | 'return';
  into: string; // the parent's code, or the bill's, or the return ticket's
  code: string; // the child's code, or the parent's
  create?: boolean; // bill: make the parent if it is not known
  user: string; // the sender's id: it is sent only while this person is signed in
  at: string;
}

/** The server's own word about one scan. */
export interface Outcome {
  status: number;
  verdict: string;
  parent?: ParentState;
  bill?: BillFigures;
  ticket?: TicketFigures;
  where?: string;
  words?: string; // the server's English sentence, where there is no verdict for it
  reason?: string; // and its key and parameters
  params?: Record<string, string | number>;
}

export interface Refused {
  scan: Scan;
  outcome: Outcome;
}

/** What an attempt to send some scans came to. */
export type Answer =
  | { kind: 'verdicts'; of: ReadonlyMap<string, Outcome> }
  | { kind: 'unreachable'; retryAfter?: number }
  | { kind: 'signed_out' }
  | { kind: 'too_many' };

export type Send = (scans: readonly Scan[]) => Promise<Answer>;

export interface Store {
  add(scan: Scan): Promise<void>;
  oldest(user: string, count: number): Promise<Scan[]>;
  settle(id: string, outcome: Outcome): Promise<void>;
  dismiss(id: string): Promise<void>;
  refused(user: string): Promise<Refused[]>;
  counts(user: string): Promise<{ waiting: number; others: number }>;
}
