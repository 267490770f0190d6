/** Returning: parents come back onto one ticket, through the same outbox as children into a parent. */
import type { Outcome, Scan } from '../../outbox';
import type { Ticket } from '../../api';
import { ScanDesk } from '../../state/scanDesk.svelte';
import { api } from '../../state/session.svelte';
import { sorry } from '../../words/words';

export class ReturnDesk extends ScanDesk {
  ticket: Ticket | null = $state.raw(null);
  parents: string[] = $state.raw([]); // newest first

  constructor(readonly code: string) {
    super();
  }

  async load(): Promise<void> {
    try {
      const [ticket, bags] = await Promise.all([
        api.returns.get(this.code),
        api.returns.bags(this.code, { limit: 200 }),
      ]);
      this.ticket = ticket;
      this.parents = bags.items.map((bag) => bag.qr);
      this.note = '';
    } catch (error) {
      this.note = sorry(error);
    }
  }

  scan(code: string): void {
    this.goOn();
    void this.sending.add({ kind: 'return', into: this.code, code });
  }

  /** The latest one goes back onto its bill. */
  async undo(): Promise<void> {
    const [latest] = this.parents;
    if (latest === undefined) return;
    if (this.sending.waiting.size > 0) return this.say('Undo works when the waiting scans are sent.');
    this.goOn();
    try {
      const { qr, ticket } = await api.returns.undoBag(this.code, latest);
      this.ticket = ticket;
      this.parents = this.parents.filter((parent) => parent !== qr);
      this.last = null;
      this.say(`${qr} is back on its bill.`);
    } catch (error) {
      this.say(sorry(error));
    }
  }

  protected take(scan: Scan, outcome: Outcome): 'here' | 'foreign' {
    if (scan.kind !== 'return' || scan.into !== this.code) return 'foreign';
    if (this.ticket !== null && outcome.ticket !== undefined) this.ticket = { ...this.ticket, ...outcome.ticket };
    if (outcome.verdict === 'done') this.parents = [scan.code, ...this.parents.filter((qr) => qr !== scan.code)];
    return 'here';
  }

  protected full() {
    return null;
  }

  protected held(): number | undefined {
    return this.ticket?.bags;
  }
}
