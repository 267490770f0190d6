/** History: events of bags and bills as sentences. */
import type { BillEvent, ScanEvent, ScanVerdict } from '../api';
import type { Moment } from '../parts/moment';
import { bagPath, billPath } from '../words/paths';
import { may } from '../state/session.svelte';
import { whenBy } from '../words/words';

const link = (text: string | null, path: (code: string) => string) =>
  text === null ? undefined : { text, href: path(text) };
const billLink = (bill: string | null) =>
  may('bill') ? link(bill, billPath) : bill === null ? undefined : { text: bill };

/** One event in the life of `here`, or of no bag in particular. */
export function bagMoment(event: ScanEvent, here: string | null): Moment {
  const [words, code] = bagWords(event, here);
  const on = event.ticket === null ? '' : `, ${event.ticket}`;
  return {
    id: event.id,
    at: `${whenBy(event.at, event.user)}${on}`,
    words,
    code,
    note: event.reason ?? event.scanned ?? undefined,
    tone: bagTone(event),
  };
}

function bagWords(event: ScanEvent, here: string | null): [string, Moment['code']] {
  const { kind, parent, child, bill } = event;
  const other = child !== null && here !== child ? link(child, bagPath) : link(parent, bagPath);
  const isChild = here !== null && here === child;
  if (isRefused(event)) return [`Refused, ${refusal(event.verdict)}:`, other];
  switch (kind) {
    case 'parent':
      return here === parent ? ['Scanned as a parent', undefined] : ['Parent scanned:', link(parent, bagPath)];
    case 'link':
      return here === null ? [`${child} went into`, link(parent, bagPath)] : [isChild ? 'Went into' : 'Took in', other];
    case 'undo':
      return [isChild ? 'Undone, out of' : 'Undone:', other];
    case 'unlink':
      return [isChild ? 'Taken out of' : 'Taken out:', other];
    case 'bill':
      return [here === null ? `${parent} went onto bill` : 'Went onto bill', billLink(bill)];
    case 'unbill':
      return [here === null ? `${parent} came off bill` : 'Came off bill', billLink(bill)];
    case 'return':
      return [here === null ? `${parent} came back from bill` : 'Came back from bill', billLink(bill)];
    case 'unreturn':
      return [here === null ? `${parent} went back onto bill` : 'Went back onto bill', billLink(bill)];
    case 'finish':
      return here === parent ? ['Finished', undefined] : ['Finished:', link(parent, bagPath)];
    case 'reopen':
      return here === parent ? ['Reopened', undefined] : ['Reopened:', link(parent, bagPath)];
  }
  return [String(kind), other]; // a newer server may tell of more
}

function isRefused(event: ScanEvent): boolean {
  return event.verdict !== null && event.verdict in refusals;
}

function bagTone(event: ScanEvent): Moment['tone'] {
  if (
    isRefused(event) ||
    event.kind === 'undo' ||
    event.kind === 'unlink' ||
    event.kind === 'unbill' ||
    event.kind === 'return'
  )
    return 'bad';
  if (event.kind === 'finish' || event.kind === 'bill') return 'gold';
  return event.kind === 'link' ? 'good' : 'plain';
}

const refusals: Record<Exclude<ScanVerdict, 'done' | 'linked'>, string> = {
  already_here: 'already here',
  elsewhere: 'in another bag',
  full: 'full',
  is_parent: 'a parent',
  is_child: 'a child',
  not_a_parent: 'not a parent',
  not_found: 'not known',
  bad_code: 'not a code',
  bill_closed: 'bill completed',
  completed: 'bill completed',
  other_area: 'other area',
  not_on_a_bill: 'on no bill',
  ticket_closed: 'ticket closed',
};

const refusal = (verdict: string | null) =>
  (refusals as Partial<Record<string, string>>)[verdict ?? ''] ?? 'not possible';

const billActions: Record<BillEvent['action'], [words: string, tone: Moment['tone']]> = {
  'bill.create': ['Made', 'plain'],
  'bill.edit': ['Changed', 'plain'],
  'bill.finish': ['Completed', 'gold'],
  'bill.reopen': ['Reopened', 'plain'],
  'bill.add_bag': ['Put on', 'good'],
  'bill.remove_bag': ['Taken off', 'bad'],
  'bill.refuse': ['Refused', 'bad'],
  'bill.return': ['Came back', 'bad'],
  'bill.unreturn': ['Back on it', 'good'],
};

export function billMoment(event: BillEvent): Moment {
  const [what, tone] = billActions[event.action] ?? [event.action, 'plain']; // a newer server may tell of more
  const words = event.action === 'bill.refuse' ? `${what}, ${refusal(event.verdict)}:` : what;
  return {
    id: event.id,
    at: whenBy(event.at, event.user),
    words,
    tone,
    code: link(event.bag, bagPath),
    note: event.reason ?? undefined,
  };
}
