/** Session: who is signed in on this page, and what that lets them do. */
import { Api, ApiProblem, type Session, type User } from '../api';
import { readSetting, writeSetting } from './settings';

export const api = new Api();

interface SessionState {
  phase: 'starting' | 'out' | 'in';
  user: User | null;
  /** Signed out in the middle of something: ask for the password over the screen, keep the screen. */
  lapsed: boolean;
  zone: string;
  endsAt: number | null; // when the session ends unless something is done
}

export const session: SessionState = $state({ phase: 'starting', user: null, lapsed: false, zone: 'Asia/Kolkata', endsAt: null });

/** Ask the server who this is. Without a network, the last user may go on scanning. */
export async function startSession(): Promise<void> {
  api.onSignedOut = lapse;
  try {
    enter(await api.session.get());
  } catch (error) {
    const last = readSetting<User>('user');
    if (error instanceof ApiProblem || last === null) session.phase = 'out';
    else Object.assign(session, { phase: 'in', user: last });
  }
}

export function enter(found: Session): void {
  Object.assign(session, { phase: 'in', user: found.user, lapsed: false, zone: found.zone ?? session.zone });
  writeSetting('user', found.user);
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
  Object.assign(session, { phase: 'out', user: null, lapsed: false });
}

export function isDesk(): boolean {
  return session.user?.role === 'admin' || session.user?.role === 'biller';
}

export function isAdmin(): boolean {
  return session.user?.role === 'admin';
}
