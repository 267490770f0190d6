import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Outcome, Refused, Scan, Store } from './scan';

interface Row extends Scan {
  seq?: number; // order of arrival; a phone's clock may jump
  outcome?: Outcome; // set when refused
}

interface Schema extends DBSchema {
  scans: { key: number; value: Row; indexes: { id: string } };
}

/** Keeps scans on the device: they outlive the page, the browser and the battery. */
export class IndexedStore implements Store {
  private constructor(private readonly db: IDBPDatabase<Schema>) {}

  static async open(name = 'tracetrack'): Promise<IndexedStore> {
    const db = await openDB<Schema>(name, 1, {
      upgrade(fresh) {
        const scans = fresh.createObjectStore('scans', { keyPath: 'seq', autoIncrement: true });
        scans.createIndex('id', 'id', { unique: true });
      },
    });
    return new IndexedStore(db);
  }

  async add(scan: Scan): Promise<void> {
    const tx = this.db.transaction('scans', 'readwrite', { durability: 'strict' });
    await tx.store.add(scan);
    await tx.done;
  }

  async oldest(user: string, count: number): Promise<Scan[]> {
    const found: Scan[] = [];
    let cursor = await this.db.transaction('scans').store.openCursor();
    while (cursor !== null && found.length < count) {
      const { seq: _, outcome, ...scan } = cursor.value;
      if (scan.user === user && outcome === undefined) found.push(scan);
      cursor = await cursor.continue();
    }
    return found;
  }

  async settle(id: string, outcome: Outcome): Promise<void> {
    const tx = this.db.transaction('scans', 'readwrite');
    const row = await tx.store.index('id').get(id);
    if (row?.seq !== undefined) {
      if (outcome.verdict === 'linked') await tx.store.delete(row.seq);
      else await tx.store.put({ ...row, outcome });
    }
    await tx.done;
  }

  async dismiss(id: string): Promise<void> {
    const tx = this.db.transaction('scans', 'readwrite');
    const row = await tx.store.index('id').get(id);
    // Only what was answered may go; a waiting scan cannot be dismissed.
    if (row?.seq !== undefined && row.outcome !== undefined) await tx.store.delete(row.seq);
    await tx.done;
  }

  async refused(user: string): Promise<Refused[]> {
    const rows = await this.db.getAll('scans');
    return rows.flatMap(({ seq: _, outcome, ...scan }) =>
      outcome !== undefined && scan.user === user ? [{ scan, outcome }] : [],
    );
  }

  async counts(user: string): Promise<{ waiting: number; others: number }> {
    const waiting = (await this.db.getAll('scans')).filter((row) => row.outcome === undefined);
    const mine = waiting.filter((row) => row.user === user).length;
    return { waiting: mine, others: waiting.length - mine };
  }
}
