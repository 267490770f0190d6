/** People: what roles and states are called, and what a role may do. */
import type { Person, Role } from '../api';

export const roles: readonly { value: Role; words: string; may: string }[] = [
  {
    value: 'dispatcher',
    words: 'Dispatcher',
    may: 'Scans children into parents and looks bags up; with an area, the bags of that area only.',
  },
  {
    value: 'biller',
    words: 'Biller',
    may: 'Does what a dispatcher does, in all areas; makes and completes bills, takes returns, and takes bags apart.',
  },
  {
    value: 'admin',
    words: 'Administrator',
    may: 'Does everything: deletes bills, imports and exports, and looks after people, areas, families and the audit log.',
  },
];

const roleOf = (role: string) => roles.find(({ value }) => value === role);

export const roleWords = (role: string): string => roleOf(role)?.words ?? role;

export const roleMay = (role: string): string => roleOf(role)?.may ?? '';

/** What Status shows: wrong passwords lock for a while, whatever else the account is. */
export const stateOf = ({ state, locked_until }: Person): string =>
  state === 'active' && locked_until !== null ? 'held' : state;
