import type { Api } from '../api';
import { IndexedStore } from './indexed';
import { MemoryStore } from './memory';
import { Outbox } from './outbox';
import { wire } from './wire';

export { Outbox, type Line, type Listener, type OutboxState } from './outbox';
export type { Outcome, Refused, Scan } from './scan';

/** The outbox of this device; in memory, with a warning, where the browser keeps nothing. */
export async function openOutbox(api: Api): Promise<Outbox> {
  try {
    return new Outbox(await IndexedStore.open(), wire(api));
  } catch {
    return new Outbox(new MemoryStore(), wire(api), true);
  }
}
