/** Router: the address bar is the state. Screens load when they are first visited. */
import type { Component } from 'svelte';
import type { Permission } from '../api';

export type Params = Record<string, string>;
export type Screen = Component<{ params: Params }>;

/** Where a screen comes from. */
export interface Loader {
  load: () => Promise<{ default: unknown }>;
}

export interface Route extends Loader {
  path: string;
  open?: true; // for people who are not signed in
  scanner?: true; // letters belong to the scanner here, not to shortcuts
  may?: Permission; // what somebody needs who has this screen at all
}

interface Place {
  path: string;
  search: string;
  route: Route | null;
  params: Params;
}

let routes: readonly Route[] = [];

export const place: Place = $state(locate());

export async function loadScreen({ load }: Loader): Promise<Screen> {
  return (await load()).default as Screen;
}

export function go(to: string, options: { replace?: boolean } = {}): void {
  const same = to === location.pathname + location.search;
  if (options.replace === true || same) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  Object.assign(place, locate());
  if (options.replace !== true) scrollTo(0, 0);
}

/** Change the address without visiting anything: a filter, or the parent that is open. */
export function rename(to: string): void {
  history.replaceState(null, '', to);
}

export function back(): void {
  if (history.length > 1) history.back();
  else go('/');
}

/** The table is given, because its screens stand above what they are made of. */
export function startRouter(table: readonly Route[]): void {
  routes = table;
  Object.assign(place, locate());
  addEventListener('popstate', () => Object.assign(place, locate()));
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest?.('a[href]');
    if (!(link instanceof HTMLAnchorElement) || !isPlainClick(event) || !isOurs(link)) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}

function isPlainClick(event: MouseEvent): boolean {
  return (
    event.button === 0 && !event.defaultPrevented && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
  );
}

function isOurs(link: HTMLAnchorElement): boolean {
  const samePage = link.hash !== '' && link.pathname === location.pathname;
  return link.origin === location.origin && link.target === '' && !link.hasAttribute('download') && !samePage;
}

function locate(): Place {
  const { pathname, search } = location;
  for (const route of routes) {
    const params = match(route.path, pathname);
    if (params !== null) return { path: pathname, search, route, params };
  }
  return { path: pathname, search, route: null, params: {} };
}

/** The values of `:names` in a pattern, or null when the path is another one. */
function match(pattern: string, path: string): Params | null {
  const wanted = pattern.split('/');
  const given = path.replace(/(.)\/$/, '$1').split('/');
  if (wanted.length !== given.length) return null;
  const params: Params = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decode(value);
    else if (part !== value) return null;
  }
  return params;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value; // a bad address is a code that nobody has
  }
}
