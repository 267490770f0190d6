/** Just enough of a page for the modules behind the screens; import it before them. */
import 'fake-indexeddb/auto';

const target = new EventTarget();
const page = {
  location: { pathname: '/scan', search: '', origin: 'http://server.test' },
  history: { replaceState: () => undefined, pushState: () => undefined, length: 1 },
  document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
  addEventListener: target.addEventListener.bind(target),
  scrollTo: () => undefined,
  navigator: {},
};
for (const [name, value] of Object.entries(page))
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
export {};
