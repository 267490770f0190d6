/** The device's outbox as the screens see it. */
import { uuid7 } from '../api';
import { openOutbox, type Listener, type Outbox, type OutboxState, type Scan } from '../outbox';
import { api, session } from './session.svelte';

export const tray: OutboxState = $state({ waiting: 0, others: 0, refused: [], line: 'online', fragile: false });

let opening: Promise<Outbox> | null = null;

export function outbox(): Promise<Outbox> {
  opening ??= open();
  return opening;
}

async function open(): Promise<Outbox> {
  const box = await openOutbox(api);
  box.listen({ onState: (state) => Object.assign(tray, state) });
  addEventListener('online', () => box.kick());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') box.kick();
  });
  return box;
}

/** Keep the outbox in step with who is signed in, and whether the server has said so. */
export async function follow(user: string | null, confirmed: boolean): Promise<void> {
  const box = await outbox();
  await (user !== null && !confirmed ? box.hold(user) : box.setUser(user));
}

/** Whose scans these are: names can change, and the scans must not stay behind. */
export function sender(): string | null {
  return session.user === null ? null : String(session.user.id);
}

export type NewScan = Pick<Scan, 'kind' | 'into' | 'code' | 'create'>;

export function makeScan(of: NewScan): Scan {
  return { ...of, id: uuid7(), user: sender() ?? '', at: new Date().toISOString() };
}

/** Listen for as long as a screen lives; returns the undoing, for an $effect. */
export function hear(listener: Listener): () => void {
  let stop: (() => void) | null = null;
  let gone = false;
  void outbox().then((box) => {
    if (!gone) stop = box.listen(listener);
  });
  return () => {
    gone = true;
    stop?.();
  };
}
