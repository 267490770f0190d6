import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Outcome, Refused, Scan, Store } from './scan';

type State = 'waiting' | 'refused';

interface Row {
  seq?: number; // order of arrival; a phone's clock may jump
  id: string;
  user: string;
  state: State;
  scan: Scan;
  outcome?: Outcome; // of a refused scan
}

interface Schema extends DBSchema {
  scans: { key: number; value: Row; indexes: { id: string; state: State; queue: [string, State] } };
}

/** Keeps scans on the device: they outlive the page, the browser and the battery. */
export class IndexedStore implements Store {
  private constructor(private readonly db: IDBPDatabase<Schema>) {}

  static async open(name = 'tracetrack'): Promise<IndexedStore> {
    const db = await openDB<Schema>(name, 1, {
      upgrade(fresh) {
        const scans = fresh.createObjectStore('scans', { keyPath: 'seq', autoIncrement: true });
        scans.createIndex('id', 'id', { unique: true });
        scans.createIndex('state', 'state');
        scans.createIndex('queue', ['user', 'state']);
      },
    });
    return new IndexedStore(db);
  }

  async add(scan: Scan): Promise<void> {
    const tx = this.db.transaction('scans', 'readwrite', { durability: 'strict' });
    await tx.store.add({ id: scan.id, user: scan.user, state: 'waiting', scan });
    await tx.done;
  }

  /** Rows with the same index key come in the order of `seq`. */
  async oldest(user: string, count: number): Promise<Scan[]> {
    const rows = await this.db.getAllFromIndex('scans', 'queue', [user, 'waiting'], count);
    return rows.map((row) => row.scan);
  }

  async settle(id: string, outcome: Outcome): Promise<void> {
    const tx = this.db.transaction('scans', 'readwrite');
    const row = await tx.store.index('id').get(id);
    if (row?.seq !== undefined) {
      if (outcome.verdict === 'linked') await tx.store.delete(row.seq);
      else await tx.store.put({ ...row, state: 'refused', outcome });
    }
    await tx.done;
  }

  async dismiss(id: string): Promise<void> {
    const tx = this.db.transaction('scans', 'readwrite');
    const row = await tx.store.index('id').get(id);
    // Only what was answered may go; a waiting scan cannot be dismissed.
    if (row?.seq !== undefined && row.state === 'refused') await tx.store.delete(row.seq);
    await tx.done;
  }

  async refused(user: string): Promise<Refused[]> {
    const rows = await this.db.getAllFromIndex('scans', 'queue', [user, 'refused']);
    return rows.flatMap(({ scan, outcome }) => (outcome === undefined ? [] : [{ scan, outcome }]));
  }

  async counts(user: string): Promise<{ waiting: number; others: number }> {
    const [waiting, all] = await Promise.all([
      this.db.countFromIndex('scans', 'queue', [user, 'waiting']),
      this.db.countFromIndex('scans', 'state', 'waiting'),
    ]);
    return { waiting, others: all - waiting };
  }
}
