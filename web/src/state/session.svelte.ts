/** Session: who is signed in on this page, and what that lets them do. */
import { Api, ApiProblem, permissions, type Permission, type Role, type Session, type User } from '../api';
import { gates, type Gate } from './gates';
import { zone } from '../words/zone.svelte';
import type { Route } from './router.svelte';
import { readSetting, writeSetting } from './settings';

export const api = new Api();
/** For what a screen asks by itself: a page that nobody looks at must not keep the session open. */
export const watch = new Api({ unattended: true });

interface SessionState {
  phase: 'starting' | 'out' | 'in';
  user: User | null;
  /** Signed out in the middle of something: ask for the password over the screen, keep the screen. */
  lapsed: boolean;
  /** What has to be done before anything else. */
  gate: Gate | null;
  /** The server has said who this is. Until then scans are kept, because they are sent under its word. */
  confirmed: boolean;
}

export const session: SessionState = $state({
  phase: 'starting',
  user: null,
  lapsed: false,
  gate: null,
  confirmed: false,
});

/** Ask the server who this is. Without a network, the last user may go on scanning. */
export async function startSession(): Promise<void> {
  for (const each of [api, watch]) {
    each.onSignedOut = lapse;
    each.onForbidden = (slug) => (session.gate = gates.find((gate) => gate.slug === slug) ?? session.gate);
  }
  try {
    enter(await api.session.get());
  } catch (error) {
    const last = readSetting<User>('user');
    if (isNo(error) || last === null) return void (session.phase = 'out');
    Object.assign(session, { phase: 'in', user: last });
    void confirmLater();
  }
}

/** Started without a network: ask again until the server answers, one way or the other. */
async function confirmLater(): Promise<void> {
  while (session.phase === 'in' && !session.confirmed && !session.lapsed) {
    await soon();
    try {
      enter(await api.session.get());
    } catch (error) {
      if (isNo(error)) return lapse();
    }
  }
}

/** The server itself says that nobody is signed in; a fault of its own is no such word. */
function isNo(error: unknown): boolean {
  return error instanceof ApiProblem && error.status < 500 && error.status !== 429;
}

/** In some seconds, or as soon as the network is back. */
function soon(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 5_000);
    addEventListener('online', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

/** What was refused because nobody was signed in any more, and is asked again when somebody is. */
let refused: (() => unknown)[] = [];

export function whenBack(act: () => unknown): void {
  refused.push(act);
}

export function enter(found: Session): void {
  const gate = gates.find(({ flag }) => flag !== undefined && found.user[flag] === true) ?? session.gate;
  Object.assign(session, { phase: 'in', user: found.user, lapsed: false, gate, confirmed: true });
  zone.name = found.zone ?? zone.name;
  writeSetting('user', found.user);
  const waiting = refused;
  refused = [];
  for (const act of waiting) act();
}

/** Ask who this is now: another name or role shows at once. Does not count as activity. */
export async function lookAgain(): Promise<Session> {
  const found = await api.session.get();
  if (JSON.stringify(found.user) !== JSON.stringify(session.user)) enter(found);
  return found;
}

/** The server ended the session: what is on the screen stays. */
function lapse(): void {
  if (session.phase === 'in') session.lapsed = true;
}

export async function signOut(): Promise<void> {
  await api.session.signOut();
  leave();
}

export function leave(): void {
  writeSetting('user', null);
  refused = [];
  Object.assign(session, { phase: 'out', user: null, lapsed: false, gate: null, confirmed: false });
}

/** What had to be done first is done. */
export function passGate(): void {
  session.gate = null;
}

/** Whether this person has this screen at all. */
export function isFor(route: Route): boolean {
  return route.may === undefined || may(route.may);
}

/** What the server lets this person do. */
export function may(what: Permission): boolean {
  const roles: readonly Role[] = permissions[what];
  return session.user !== null && roles.includes(session.user.role);
}
