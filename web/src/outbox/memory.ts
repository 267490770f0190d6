import type { Outcome, Refused, Scan, Store } from './scan';

/** Keeps scans for as long as the page lives; for browsers that refuse to keep anything. */
export class MemoryStore implements Store {
  private waiting: Scan[] = [];
  private refusals: Refused[] = [];

  async add(scan: Scan): Promise<void> {
    this.waiting.push(scan);
  }

  async oldest(user: string, count: number): Promise<Scan[]> {
    return this.waiting.filter((scan) => scan.user === user).slice(0, count);
  }

  async settle(id: string, outcome: Outcome): Promise<void> {
    const scan = this.waiting.find((waiting) => waiting.id === id);
    this.waiting = this.waiting.filter((waiting) => waiting.id !== id);
    if (scan !== undefined && outcome.verdict !== 'linked') this.refusals.push({ scan, outcome });
  }

  async dismiss(id: string): Promise<void> {
    this.refusals = this.refusals.filter((refused) => refused.scan.id !== id);
  }

  async refused(user: string): Promise<Refused[]> {
    return this.refusals.filter((refused) => refused.scan.user === user);
  }

  async counts(user: string): Promise<{ waiting: number; others: number }> {
    const mine = this.waiting.filter((scan) => scan.user === user).length;
    return { waiting: mine, others: this.waiting.length - mine };
  }
}
