/** Order: sends what waits, oldest first, and never a scan before the one made before it. */
import type { Outcome, Scan, Send, Store } from './scan';

export type Stop = { why: 'empty' } | { why: 'unreachable'; retryAfter?: number } | { why: 'signed_out' };

export type Settled = (scan: Scan, outcome: Outcome) => void;

/** Send everything of this user's that waits. Says why it stopped, so the screen can say so. */
export async function flush(store: Store, send: Send, user: string, settled: Settled, most = 200): Promise<Stop> {
  let size = most;
  for (;;) {
    const scans = together(await store.oldest(user, size));
    if (scans.length === 0) return { why: 'empty' };

    const answer = await send(scans);
    if (answer.kind === 'too_many') {
      size = Math.max(1, Math.floor(scans.length / 2));
      continue;
    }
    if (answer.kind === 'signed_out') return { why: 'signed_out' };
    if (answer.kind === 'unreachable') {
      return answer.retryAfter === undefined
        ? { why: 'unreachable' }
        : { why: 'unreachable', retryAfter: answer.retryAfter };
    }
    if (!(await settle(store, scans, answer.of, settled))) return { why: 'unreachable' };
  }
}

/** True when every scan had its verdict; those without one wait for another attempt. */
async function settle(
  store: Store,
  scans: readonly Scan[],
  of: ReadonlyMap<string, Outcome>,
  settled: Settled,
): Promise<boolean> {
  let all = true;
  for (const scan of scans) {
    const outcome = of.get(scan.id);
    if (outcome === undefined) {
      all = false;
      continue;
    }
    await store.settle(scan.id, outcome);
    settled(scan, outcome);
  }
  return all;
}

/** The scans at the head that one call can carry: children by the batch, bills one by one. */
export function together(scans: readonly Scan[]): Scan[] {
  if (scans[0] !== undefined && scans[0].kind !== 'pack') return [scans[0]];
  const end = scans.findIndex((scan) => scan.kind !== 'pack');
  return end === -1 ? [...scans] : scans.slice(0, end);
}
