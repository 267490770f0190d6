/** The route table, as the program itself prints it. */
import { execFileSync } from 'node:child_process';
import type { Method, Role } from '../../../web/src/api';
import { program } from './server';

export interface Route {
  method: Method;
  path: string; // "/api/bag/{qr}"
  runs: 'call' | 'lane' | 'feed';
  may: string;
  rate: string; // of the classes of docs/LIMITS.md
  body_max: number;
  query: string[]; // the names of all its query parameters
  list?: string; // its name, where the route shows a list
  filters?: { name: string; kind: 'text' | 'word' | 'truth' | 'moment'; words: string | null }[];
  fields?: boolean; // whether it takes ?fields=
}

export const routes = JSON.parse(execFileSync(program, ['routes', '--json'], { encoding: 'utf8' })) as Route[];

export const roles: readonly Role[] = ['admin', 'biller', 'dispatcher'];

/**
 * Who has which permission, written down a second time: the program's own table can't say that the
 * program is right.
 */
const holders: Record<string, readonly Role[]> = {
  enrol: roles,
  self: roles,
  look: roles,
  scan: roles,
  correct: ['admin', 'biller'],
  bill: ['admin', 'biller'],
  bill_delete: ['admin'],
  label: ['admin', 'biller'],
  edit_parent: ['admin'],
  import: ['admin'],
  ask: ['biller', 'dispatcher'],
  admin: ['admin'],
};

export function isOpen(route: Route): boolean {
  return route.may === 'anyone';
}

export function holdersOf(route: Route): readonly Role[] {
  const found = isOpen(route) ? roles : holders[route.may];
  if (found === undefined)
    throw new Error(`say in tests/api/support/table.ts which roles have the permission "${route.may}"`);
  return found;
}

export function nameOf(route: Route): string {
  return `${route.method} ${route.path}`;
}

export function isUnsafe(route: Route): boolean {
  return route.method !== 'GET';
}
