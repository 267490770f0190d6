import { mount } from 'svelte';
import './app/tokens.css';
import './app/base.css';
import App from './app/App.svelte';
import { applyTheme } from './app/theme.svelte';
import { place, startRouter } from './app/router.svelte';
import { session } from './app/session.svelte';
import { keepTexts } from './app/untranslated';
import { keepEarlyKeys } from './scanner/early';

keepEarlyKeys(() => place.route?.scanner === true && session.phase !== 'out');
applyTheme();
startRouter();

const target = document.getElementById('app');
if (target !== null) {
  mount(App, { target });
  keepTexts(target);
}

// A screen that was renamed by an update: fetch the new list of screens, once.
addEventListener('vite:preloadError', (event) => {
  const marker = 'tracetrack.reloaded';
  if (sessionStorage.getItem(marker) !== null || !navigator.onLine) return;
  event.preventDefault();
  sessionStorage.setItem(marker, '1');
  location.reload();
});

if (import.meta.env.PROD && 'serviceWorker' in navigator) {
  addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined));
}
