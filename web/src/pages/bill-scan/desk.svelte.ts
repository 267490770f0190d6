/** Billing: parents go onto one bill, through the same outbox as children into a parent. */
import type { Bill } from '../../api';
import { ScanDesk } from '../../state/scanDesk.svelte';
import { api } from '../../state/session.svelte';
import { sorry } from '../../words/words';
import type { Outcome, Scan } from '../../outbox';

export class BillDesk extends ScanDesk {
  bill: Bill | null = $state.raw(null);
  parents: string[] = $state.raw([]); // newest first

  constructor(readonly code: string) {
    super();
  }

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

  protected take(scan: Scan, outcome: Outcome): 'here' | 'foreign' {
    if (scan.kind !== 'bill' || scan.into !== this.code) return 'foreign';
    if (this.bill !== null && outcome.bill !== undefined) this.bill = { ...this.bill, ...outcome.bill };
    if (outcome.verdict === 'linked') this.parents = [scan.code, ...this.parents.filter((qr) => qr !== scan.code)];
    return 'here';
  }

  protected full() {
    if (this.bill?.remaining !== 0) return null;
    const number = `${this.bill.linked} of ${this.bill.capacity}`;
    return { number, detail: 'The bill is complete', spoken: 'The bill is complete.' };
  }

  protected held(): number | undefined {
    return this.bill?.linked;
  }
}
