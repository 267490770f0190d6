/**
 * Service worker: keeps the app shell on the device, so that scanning starts without a network.
 *
 * It never touches /api: the outbox decides about scans, and a cached answer would be a lie. The
 * cache carries the outbox's schema in its name; a new worker takes over at once only when the
 * schema is the same, because an open page still writes scans in the old one.
 */
declare const self: ServiceWorkerGlobalScope;
declare const SHELL_FILES: string[];
declare const SHELL_VERSION: string;

const schema = 'v1';
const cacheName = `shell-${schema}-${SHELL_VERSION}`;

// The first parts of the addresses that index.html answers for; everything else is the server's.
const screens = new Set([
  '',
  'scan',
  'search',
  'bags',
  'bag',
  'scans',
  'bills',
  'bill',
  'returns',
  'return',
  'you',
  'setup',
]);

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (event.request.mode === 'navigate') {
    if (screens.has(url.pathname.split('/')[1] ?? '')) event.respondWith(fromCache('/', event.request));
  } else if (url.pathname.startsWith('/assets/') || /^\/(icon[^/]*|manifest\.webmanifest)$/.test(url.pathname)) {
    event.respondWith(fromCache(event.request, event.request));
  }
});

async function install(): Promise<void> {
  const others = (await caches.keys()).filter((name) => name.startsWith('shell-') && name !== cacheName);
  const cache = await caches.open(cacheName);
  const fresh = SHELL_FILES.map((path) => new Request(path, { cache: path === '/' ? 'reload' : 'default' }));
  await cache.addAll([...fresh, '/icon.svg', '/manifest.webmanifest']);
  if (others.every((name) => name.startsWith(`shell-${schema}-`))) await self.skipWaiting();
}

/** The cache before this one stays: pages that are still open ask for its screens. */
async function activate(): Promise<void> {
  const shells = (await caches.keys()).filter((name) => name.startsWith('shell-') && name !== cacheName);
  await Promise.all(shells.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function fromCache(key: RequestInfo, request: Request): Promise<Response> {
  const own = await (await caches.open(cacheName)).match(key);
  return own ?? (await caches.match(key)) ?? fetch(request);
}

export {};
