import { mount } from 'svelte';
import './shell/tokens.css';
import './shell/base.css';
import App from './shell/App.svelte';
import { applyTheme } from './state/theme.svelte';
import { routes } from './shell/routes';
import { place, startRouter } from './state/router.svelte';
import { session } from './state/session.svelte';
import { keepTexts } from './shell/untranslated';
import { keepEarlyKeys } from './scanner/early';

keepEarlyKeys(() => place.route?.scanner === true && session.phase !== 'out');
applyTheme();
startRouter(routes);

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
