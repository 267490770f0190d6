/** Sending: the scans this screen has made and what has become of each. */
import { SvelteSet } from 'svelte/reactivity';
import type { Outcome, Scan } from '../outbox';
import { hear, makeScan, outbox, tray, type NewScan } from './outbox.svelte';

export interface SendingHooks {
  /** `live`: the person is still looking at this scan; otherwise it waited and comes late. */
  onVerdict: (scan: Scan, outcome: Outcome, live: boolean) => void;
  onKept: (scan: Scan) => void;
}

const patience = 2_000; // milliseconds before a scan without an answer counts as kept

export class Sending {
  /** Made here, not answered yet. */
  readonly waiting = new SvelteSet<string>();
  private readonly fresh = new Map<string, Scan>(); // of those, not shown as kept yet

  constructor(private readonly hooks: SendingHooks) {}

  /** Listen to the outbox while the screen lives; for an $effect. */
  listen(): () => void {
    return hear({
      onSettled: (scan, outcome) => {
        const live = this.fresh.delete(scan.id);
        this.waiting.delete(scan.id);
        this.hooks.onVerdict(scan, outcome, live);
      },
      onKept: () => this.keepAll(),
    });
  }

  async add(of: NewScan): Promise<void> {
    const scan = makeScan(of);
    const down = tray.line !== 'online';
    this.waiting.add(scan.id);
    this.fresh.set(scan.id, scan);
    await (await outbox()).add(scan);
    if (down) this.keepAll();
    else setTimeout(() => this.fresh.has(scan.id) && this.keepAll(), patience);
  }

  async dismiss(scan: Scan): Promise<void> {
    await (await outbox()).dismiss(scan.id);
  }

  private keepAll(): void {
    const last = Array.from(this.fresh.values()).pop();
    this.fresh.clear();
    if (last !== undefined) this.hooks.onKept(last);
  }
}
