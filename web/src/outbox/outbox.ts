/**
 * Outbox: scans made on this device that the server has not yet answered for.
 *
 * A scan leaves only on the server's own verdict about it. No network, a 5xx, a captive portal's
 * 200 or a signed-out session all mean the same: keep everything, in order. What was refused stays
 * in sight until a person dismisses it.
 */
import { flush, type Stop } from './order';
import { MemoryStore } from './memory';
import { backOff } from './policy';
import type { Outcome, Refused, Scan, Send, Store } from './scan';

export type Line = 'online' | 'offline' | 'signed_out';

export interface OutboxState {
  waiting: number;
  others: number; // scans of someone else who used this device
  refused: Refused[];
  line: Line;
  fragile: boolean; // kept in memory only: this browser keeps nothing
}

export interface Listener {
  onState?: (state: OutboxState) => void;
  onSettled?: (scan: Scan, outcome: Outcome) => void;
  /** An attempt came to nothing: these scans wait on the device. */
  onKept?: () => void;
}

export class Outbox {
  state: OutboxState = { waiting: 0, others: 0, refused: [], line: 'online', fragile: false };

  private user: string | null = null;
  private owner = ''; // the last user: their scans stay in sight while they are signed out
  private running = false;
  private again = false;
  private failures = 0;
  private notBefore = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<Listener>();
  private readonly channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('tracetrack.outbox');

  constructor(
    private store: Store,
    private readonly send: Send,
    fragile = false,
  ) {
    this.state.fragile = fragile;
    // Another tab may have sent this tab's scan; the screen here waits for the verdict all the same.
    // In Node, where the tests run, an open channel would keep the process alive.
    (this.channel as { unref?: () => void } | null)?.unref?.();
    if (this.channel !== null) this.channel.onmessage = (event) => void this.heard(event.data as [Scan, Outcome]);
  }

  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Whose scans may be sent now; null when nobody is signed in. */
  async setUser(user: string | null): Promise<void> {
    this.user = user;
    if (user !== null) {
      this.owner = user;
      this.failures = this.notBefore = 0;
    }
    this.change({ line: user === null ? 'signed_out' : 'online' });
    await this.refresh();
    this.kick();
  }

  /** Whose scans these are is known, but the server has not confirmed who is signed in: keep, don't send. */
  async hold(user: string): Promise<void> {
    this.user = null;
    this.owner = user;
    this.change({ line: 'offline' });
    await this.refresh();
  }

  async add(scan: Scan): Promise<void> {
    try {
      await this.store.add(scan);
    } catch {
      await this.retreat(scan);
    }
    await this.refresh();
    this.kick();
  }

  async dismiss(id: string): Promise<void> {
    await this.store.dismiss(id);
    await this.refresh();
  }

  /** Try now: the network may be back. */
  kick(): void {
    clearTimeout(this.timer);
    if (this.running) {
      this.again = true;
      return;
    }
    const wait = this.notBefore - Date.now();
    if (wait > 0) this.timer = setTimeout(() => this.kick(), wait);
    else if (this.user !== null) void this.run(this.user);
  }

  close(): void {
    clearTimeout(this.timer);
    this.channel?.close();
  }

  private async run(user: string): Promise<void> {
    this.running = true;
    this.again = false;
    const stop = await this.flushAlone(user).catch((): Stop => ({ why: 'unreachable' }));
    this.running = false;
    await this.refresh();
    this.stopped(stop);
  }

  /** Two tabs share one queue; without the lock both would send it, which is only wasteful. */
  private flushAlone(user: string): Promise<Stop> {
    const send: Send = async (scans) => (this.user === user ? this.send(scans) : { kind: 'signed_out' });
    const work = () => flush(this.store, send, user, (scan, outcome) => this.settled(scan, outcome));
    const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
    return locks === undefined ? work() : locks.request('tracetrack.outbox', work).then((stop) => stop);
  }

  private stopped(stop: Stop): void {
    if (stop.why === 'empty') {
      this.failures = 0;
      if (this.user !== null) this.change({ line: 'online' });
      if (this.again) this.kick();
      return;
    }
    for (const listener of this.listeners) listener.onKept?.();
    if (stop.why === 'signed_out') return this.stoppedSignedOut();
    this.change({ line: 'offline' });
    if (stop.retryAfter !== undefined) this.notBefore = Date.now() + stop.retryAfter * 1_000;
    this.timer = setTimeout(() => this.kick(), backOff(this.failures++));
  }

  private stoppedSignedOut(): void {
    this.change({ line: 'signed_out' });
    // Someone may have signed in while the last attempt was on its way.
    if (this.again && this.user !== null) this.kick();
  }

  private settled(scan: Scan, outcome: Outcome): void {
    this.failures = 0;
    this.channel?.postMessage([scan, outcome]);
    this.change({ line: 'online', waiting: Math.max(0, this.state.waiting - 1) });
    for (const listener of this.listeners) listener.onSettled?.(scan, outcome);
  }

  private async heard([scan, outcome]: [Scan, Outcome]): Promise<void> {
    await this.refresh();
    for (const listener of this.listeners) listener.onSettled?.(scan, outcome);
  }

  /** The device keeps nothing any more (full, or forbidden): go on in memory, and say so. */
  private async retreat(scan: Scan): Promise<void> {
    const memory = new MemoryStore();
    for (const kept of await this.store.oldest(scan.user, 10_000).catch(() => [])) await memory.add(kept);
    await memory.add(scan);
    this.store = memory;
    this.change({ fragile: true });
  }

  private async refresh(): Promise<void> {
    try {
      const [counts, refused] = await Promise.all([this.store.counts(this.owner), this.store.refused(this.owner)]);
      this.change({ ...counts, refused });
    } catch {
      // The count is a courtesy; the scans themselves are safe in the store.
    }
  }

  private change(part: Partial<OutboxState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener.onState?.(this.state);
  }
}
