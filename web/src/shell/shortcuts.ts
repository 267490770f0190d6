/**
 * Shortcuts: one letter goes to a screen. A scanner types letters too, so a letter counts only
 * when no other key follows at once, and never on a screen that a scanner writes into.
 */
import { isField } from '../scanner/keys';
import { back, go, place } from '../state/router.svelte';
import { may } from '../state/session.svelte';

const settle = 120; // milliseconds without a second key

let pending: ReturnType<typeof setTimeout> | undefined;

export function startShortcuts(showKeys: () => void): void {
  document.addEventListener('keydown', (event) => {
    clearTimeout(pending);
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (document.querySelector('dialog[open]') !== null) return;
    if (event.key === 'Escape') return leaveScreen(event);
    if (isField(event.target) || place.route?.scanner === true) return;
    const act = action(event.key, showKeys);
    if (act === null) return;
    if (event.key === '/') event.preventDefault(); // some browsers open their own search
    pending = setTimeout(act, settle);
  });
}

function action(key: string, showKeys: () => void): (() => void) | null {
  switch (key) {
    case '/':
      return () => go('/search');
    case 's':
      return () => go('/scan');
    case 'b':
      return () => go(may('bill') ? '/bills' : '/bags');
    case 'h':
      return () => go('/');
    case '?':
      return showKeys;
    default:
      return null;
  }
}

function leaveScreen(event: KeyboardEvent): void {
  if (event.target instanceof HTMLElement && isField(event.target) && place.route?.scanner !== true)
    event.target.blur();
  else if (place.path !== '/') back();
}
