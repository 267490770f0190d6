/** Verdicts in words: what the screen shows and says for every answer to a scan. */
import type { ScanVerdict } from '../api';
import { sayReason } from './messages';
import type { Outcome, Scan } from '../outbox';

/** How a verdict looks, sounds and feels. */
export type Tone = 'linked' | 'already' | 'refused' | 'kept' | 'done';

export interface VerdictView {
  tone: Tone;
  word: string; // the headline
  detail: string;
  sticky: boolean; // stays until the next scan or a tap
  scan?: Scan;
  offer?: string; // a parent that could be opened instead
}

type Words = (scan: Scan, outcome: Outcome) => [word: string, detail: string];

const words: Record<Exclude<ScanVerdict, 'done' | 'linked'>, Words> = {
  already_here: (scan) => [
    'Already here',
    `${scan.code} is already ${{ pack: 'in this bag', bill: 'on this bill', return: 'on this ticket' }[scan.kind]}`,
  ],
  elsewhere: (scan, outcome) =>
    scan.kind === 'bill'
      ? ['On another bill', `${scan.code} is on ${outcome.where ?? 'another bill'}`]
      : ['In another bag', `${scan.code} is in ${outcome.where ?? 'another parent'}`],
  full: (scan, outcome) => fullWords(scan, outcome),
  is_parent: (scan) => ['A parent bag', `${scan.code} is a parent, not a child`],
  is_child: (scan) => [
    'A child bag',
    `${scan.code} is a child; a ${scan.kind === 'return' ? 'ticket' : 'bill'} takes parents`,
  ],
  not_a_parent: (scan) => [
    'Not a parent',
    `${scan.kind === 'pack' ? scan.into : scan.code} is not the code of a parent`,
  ],
  not_found: (scan) => ['Not known', `No parent has the code ${scan.code}`],
  bad_code: (scan) => ['Not a code', `${scan.code} is not the code of a bag`],
  bill_closed: (scan) => ['Bill completed', `${scan.into} is on a completed bill and stays as it is`],
  completed: (scan) => ['Bill completed', `${scan.into} is completed and takes no more parents`],
  other_area: (scan) => ['Other area', `${scan.kind === 'pack' ? 'This bag' : scan.code} belongs to another area`],
  not_on_a_bill: (scan) => ['On no bill', `${scan.code} is on no bill, so it can’t come back`],
  ticket_closed: (scan) => ['Ticket closed', `${scan.into} is closed and stays as it is`],
};

/** A parent that was finished early takes no more either. */
function fullWords(scan: Scan, { parent, bill }: Outcome): [string, string] {
  if (parent !== undefined && parent.child_count < parent.capacity)
    return ['Finished', `${scan.into} was finished with ${parent.child_count} of ${parent.capacity}`];
  return ['Full', `${scan.into} holds all its ${parent?.capacity ?? bill?.capacity ?? 'bags'}`];
}

export function verdictView(scan: Scan, outcome: Outcome): VerdictView {
  if (outcome.verdict === 'linked') return { tone: 'linked', word: 'Linked', detail: scan.code, sticky: false, scan };
  if (outcome.verdict === 'done') {
    const detail = outcome.where === undefined ? scan.code : `${scan.code}, off ${outcome.where}`;
    return { tone: 'linked', word: 'Came back', detail, sticky: false, scan };
  }
  const [word, detail] = (words as Partial<Record<string, Words>>)[outcome.verdict]?.(scan, outcome) ?? [
    'Refused',
    sayReason(outcome.reason, outcome.params, outcome.words ?? `${scan.code} was refused`),
  ];
  const already = outcome.verdict === 'already_here';
  const view: VerdictView = { tone: already ? 'already' : 'refused', word, detail, sticky: !already, scan };
  if (outcome.verdict === 'is_parent') view.offer = scan.code;
  return view;
}

export function keptView(scan: Scan, signedOut: boolean): VerdictView {
  const detail = `${scan.code} is safe on this device and is sent when ${signedOut ? 'you are signed in' : 'the network is back'}`;
  return { tone: 'kept', word: 'Kept', detail, sticky: false, scan };
}
