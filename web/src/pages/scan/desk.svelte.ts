/**
 * Packing: one parent is open and children go into it. The server decides everything; this only
 * keeps up with the scanner and remembers which parent each code was meant for.
 */
import { ApiProblem, Unreachable, uuid7, type Bag, type BagStatus, type ParentState } from '../../api';
import { hearOfFamily, likelyCapacity, looksLikeParent } from '../../state/families';
import { tray } from '../../state/outbox.svelte';
import { rename } from '../../state/router.svelte';
import { scanPath } from '../../words/paths';
import { ScanDesk } from '../../state/scanDesk.svelte';
import { api } from '../../state/session.svelte';
import { verdictView, type VerdictView } from '../../words/verdicts';
import { sorry } from '../../words/words';
import type { Outcome, Scan } from '../../outbox';

export interface OpenParent {
  qr: string;
  child_count: number;
  capacity: number | null;
  status: BagStatus;
  known: boolean; // the server has spoken about it
}

export class PackDesk extends ScanDesk {
  parent: OpenParent | null = $state(null);
  children: string[] = $state.raw([]);
  private offered = ''; // scanning this parent once more opens it

  /** Full, or finished early: the next code is the next parent's. */
  get isFull(): boolean {
    const { parent } = this;
    if (parent?.capacity == null || !parent.known) return false;
    return parent.status === 'completed' || parent.child_count >= parent.capacity;
  }

  scan(code: string): void {
    const offered = this.offered;
    this.goOn();
    if (this.parent === null || this.isFull || code === offered || this.isNextParent(code)) return void this.open(code);
    if (code === this.parent.qr) return this.say(`${code} is the parent you are filling.`);
    if (tray.line !== 'online' && looksLikeParent(code)) return this.offer(code);
    void this.sending.add({ kind: 'pack', into: this.parent.qr, code });
  }

  override goOn(): void {
    super.goOn();
    this.offered = '';
  }

  /** Children scanned before the server has answered already belong to this parent. */
  async open(qr: string): Promise<void> {
    this.goOn();
    this.parent = { qr, child_count: 0, capacity: likelyCapacity(qr), status: 'pending', known: false };
    this.children = [];
    this.last = null;
    rename(scanPath(qr));
    await this.ask(qr);
  }

  /** The network or the session is back: ask again about a parent that was opened without them. */
  async catchUp(): Promise<void> {
    if (this.parent !== null && !this.parent.known) await this.ask(this.parent.qr);
  }

  /** Someone pressed "Scan" while scanning: the parent stays open, and a reload has to find it. */
  keepAddress(): void {
    if (this.parent !== null) rename(scanPath(this.parent.qr));
  }

  close(): void {
    this.goOn();
    this.parent = null;
    this.children = [];
    this.last = null;
    rename('/scan');
  }

  async undo(): Promise<void> {
    if (this.parent === null) return;
    if (this.sending.waiting.size > 0) return this.say('Undo works when the waiting scans are sent.');
    this.goOn();
    try {
      const { child, parent } = await api.scans.undo(this.parent.qr);
      this.learn(parent);
      this.children = this.children.filter((code) => code !== child);
      this.last = null;
      this.say(`${child} is out again.`);
    } catch (error) {
      this.say(sorry(error));
    }
  }

  async finish(): Promise<void> {
    if (this.parent === null) return;
    const { qr } = this.parent;
    try {
      await api.parents.finish(qr);
      this.close();
      this.say(`${qr} is finished. Scan the next parent.`);
    } catch (error) {
      this.say(sorry(error));
    }
  }

  private async ask(qr: string): Promise<void> {
    try {
      const bag = await api.parents.open({ id: uuid7(), qr });
      if (this.parent?.qr === qr) this.opened(bag);
    } catch (error) {
      if (this.parent?.qr === qr) this.notOpened(qr, error);
    }
  }

  private opened(bag: Bag): void {
    this.note = '';
    hearOfFamily(bag.family);
    const { parent } = this;
    // A child's verdict may have overtaken this answer; its count is the younger one.
    const stale = parent?.known === true && parent.child_count > (bag.child_count ?? 0);
    if (!stale)
      this.learn({
        ...bag,
        child_count: bag.child_count ?? 0,
        capacity: bag.capacity ?? 0,
        status: bag.status ?? 'pending',
      });
    const newer = this.children.filter((code) => !bag.children.includes(code));
    this.children = [...newer, ...[...bag.children].reverse()];
    this.flash.spoken = `${bag.qr}, ${bag.child_count} of ${bag.capacity}`;
    if (this.isFull)
      this.say(`${bag.qr} is ${bag.child_count === bag.capacity ? 'full' : 'finished'}. Scan the next parent.`);
  }

  private notOpened(qr: string, error: unknown): void {
    const verdict = error instanceof ApiProblem ? error.problem.verdict : undefined;
    const later = error instanceof Unreachable || (error instanceof ApiProblem && isLater(error.status));
    if (later && verdict === undefined) return this.say(`${qr} is not checked yet. Scans are kept until it is.`);
    this.parent = null;
    rename('/scan');
    const view = verdictView(
      { id: '', kind: 'pack', into: qr, code: qr, user: '', at: new Date().toISOString() },
      {
        status: 0,
        verdict: verdict ?? '',
        words: sorry(error),
      },
    );
    delete view.scan;
    this.flash.show(view, `${view.word}. ${view.detail}`);
  }

  protected take(scan: Scan, outcome: Outcome): 'here' | 'elsewhere' | 'foreign' {
    if (scan.kind !== 'pack') return 'foreign';
    if (scan.into !== this.parent?.qr) return 'elsewhere';
    if (outcome.parent !== undefined) this.learn(outcome.parent);
    if (outcome.verdict === 'linked')
      this.children = [scan.code, ...this.children.filter((code) => code !== scan.code)];
    return 'here';
  }

  protected override onLive(view: VerdictView): void {
    this.offered = view.offer ?? this.offered;
  }

  protected full() {
    if (!this.isFull) return null;
    const number = `${this.parent?.child_count} of ${this.parent?.capacity}`;
    return { number, detail: 'Full. Scan the next parent', spoken: 'Full. Next parent.' };
  }

  protected held(): number | undefined {
    return this.parent?.child_count;
  }

  private learn(state: Omit<ParentState, 'family'>): void {
    if (this.parent?.qr !== state.qr) return;
    const { child_count, capacity, status } = state;
    this.parent = { qr: state.qr, child_count, capacity, status, known: true };
  }

  /** The last child may still be on its way to the server when the next parent is scanned. */
  private isNextParent(code: string): boolean {
    const { parent } = this;
    if (parent?.capacity == null || code === parent.qr || !looksLikeParent(code)) return false;
    return parent.child_count + this.sending.waiting.size >= parent.capacity;
  }

  private offer(code: string): void {
    this.offered = code;
    const detail = `${code} looks like a parent. Scan it again to open it`;
    this.flash.show({ tone: 'refused', word: 'A parent bag', detail, sticky: true, offer: code }, detail);
  }
}

/** Says nothing about the parent: signed out, not let in yet, or a server in trouble. */
function isLater(status: number): boolean {
  return status === 401 || status === 403 || status === 429 || status >= 500;
}
