/** Bell: how many notifications nobody has read. Asked quietly: it does not count as activity. */
import type { Notification } from '../api';
import { api, lookAgain, session } from './session.svelte';

const every = 60_000;

export const bell: { unread: number; news: Notification | null } = $state({ unread: 0, news: null });

let newest = 0; // the latest that was there when we looked

/** For an $effect. */
export function watchBell(): () => void {
  const look = () => void ring();
  look();
  const timer = setInterval(look, every);
  document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
    Object.assign(bell, { unread: 0, news: null });
    newest = 0;
  };
}

/** Look now, if anybody could see it. */
export async function ring(): Promise<void> {
  if (document.hidden || !session.confirmed || session.lapsed) return;
  try {
    const { unread, items } = await api.notifications.list({ limit: 1 });
    const latest = items[0]?.read_at === null ? items[0] : null;
    const isNews = latest !== null && newest > 0 && latest.id > newest;
    if (isNews) bell.news = latest;
    newest = Math.max(newest, latest?.id ?? 1);
    bell.unread = unread;
    if (isNews) await lookAgain(); // it may be about who this is now
  } catch {
    // The next look may go better.
  }
}
