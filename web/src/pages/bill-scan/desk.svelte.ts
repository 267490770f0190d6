/** Billing: parents go onto one bill, through the same outbox as children into a parent. */
import type { Bill } from '../../api';
import { Flash } from '../../state/flash.svelte';
import { tray } from '../../state/outbox.svelte';
import { Sending } from '../../state/sending.svelte';
import { api } from '../../state/session.svelte';
import { keptView, verdictView, type VerdictView } from '../../words/verdicts';
import { sorry } from '../../words/words';
import type { Outcome, Scan } from '../../outbox';

export class BillDesk {
  bill: Bill | null = $state.raw(null);
  parents: string[] = $state.raw([]); // newest first
  last: VerdictView | null = $state.raw(null);
  note = $state('');
  celebrating = $state(false);

  readonly flash = new Flash((view) => this.seen(view));
  readonly sending = new Sending({
    onVerdict: (scan, outcome, live) => this.verdict(scan, outcome, live),
    onKept: (scan) => this.kept(scan),
  });

  constructor(readonly code: string) {}

  async load(): Promise<void> {
    try {
      const [bill, bags] = await Promise.all([api.bills.get(this.code), api.bills.bags(this.code, { limit: 200 })]);
      this.bill = bill;
      this.parents = bags.items.map((bag) => bag.qr);
      this.note = '';
    } catch (error) {
      this.note = sorry(error);
    }
  }

  scan(code: string): void {
    this.goOn();
    void this.sending.add({ kind: 'bill', into: this.code, code });
  }

  /** Manual entry: the label is real although nobody has scanned it before. */
  create(code: string): void {
    this.goOn();
    void this.sending.add({ kind: 'bill', into: this.code, code, create: true });
  }

  goOn(): void {
    this.flash.clear();
    this.note = '';
    this.celebrating = false;
  }

  private verdict(scan: Scan, outcome: Outcome, live: boolean): void {
    if (scan.kind !== 'bill' || scan.into !== this.code) return;
    if (this.bill !== null && outcome.bill !== undefined) this.bill = { ...this.bill, ...outcome.bill };
    if (outcome.verdict === 'linked') this.parents = [scan.code, ...this.parents.filter((qr) => qr !== scan.code)];
    const view = verdictView(scan, outcome);
    if (live || this.last?.scan?.id === scan.id) this.last = view;
    if (!live) return;

    if (this.bill !== null && outcome.verdict === 'linked' && this.bill.remaining === 0)
      return this.celebrate(view, this.bill);
    const words = view.tone === 'linked' ? `${this.bill?.linked ?? ''}` : `${view.word}. ${view.detail}`;
    this.flash.show(view, words);
  }

  private celebrate(view: VerdictView, bill: Bill): void {
    const full = `${bill.linked} of ${bill.capacity}`;
    this.celebrating = true;
    this.flash.show(
      { ...view, tone: 'done', word: full, detail: 'The bill is complete', sticky: true },
      `${full}. The bill is complete.`,
    );
  }

  private kept(scan: Scan): void {
    this.last = keptView(scan, tray.line === 'signed_out');
    this.flash.show(this.last, 'Kept on this device');
  }

  private seen(view: VerdictView): void {
    if (view.scan !== undefined && (view.tone === 'refused' || view.tone === 'already'))
      void this.sending.dismiss(view.scan);
  }
}
