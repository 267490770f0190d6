/**
 * Organisation: people to test with, away from everybody else's rows.
 *
 * A host name stands for an organisation, so tests that have one each share a server and yet can
 * say exactly what is in it.
 */
import { randomBytes, scryptSync } from 'node:crypto';
import { Api, type Role } from '../../../web/src/api';
import { fetchAs } from './fetch';
import { quote, sql } from './sql';
import type { Server } from './server';

export const password = 'correct horse battery staple';

/** In werkzeug's form and at the strength of today, so that signing in upgrades nothing. */
const hash = (() => {
  const salt = randomBytes(8).toString('hex');
  const digest = scryptSync(password, salt, 64, { N: 32768, r: 8, p: 1, maxmem: 128 * 1024 * 1024 });
  return `scrypt:32768:8:1$${salt}$${digest.toString('hex')}`;
})();

let clients = 0;

/** Each client has an address of its own: signing in is counted by address. */
function address(): string {
  clients++;
  return `10.0.${clients >> 8}.${clients & 255}`;
}

export interface Person {
  name: string;
  role: Role;
  area?: string;
}

/** Everybody's cast: two of each role, and two dispatchers of different areas. */
const cast: readonly Person[] = [
  { name: 'ada', role: 'admin' },
  { name: 'bina', role: 'biller' },
  { name: 'dev', role: 'dispatcher' },
  { name: 'amar', role: 'admin' },
  { name: 'bala', role: 'biller' },
  { name: 'diya', role: 'dispatcher' },
  { name: 'lata', role: 'dispatcher', area: 'Lucknow' },
  { name: 'indra', role: 'dispatcher', area: 'Indore' },
];

export const somebody: Record<Role, string> = { admin: 'ada', biller: 'bina', dispatcher: 'dev' };

/** Whose sessions may be ended without anybody else noticing. */
export const leaver: Record<Role, string> = { admin: 'amar', biller: 'bala', dispatcher: 'diya' };

export class Organisation {
  private readonly clients = new Map<string, Promise<Api>>();

  private constructor(
    readonly server: Server,
    readonly host: string,
    readonly id: number,
    readonly mark: string,
  ) {}

  /** A new one for this host name. Its people are called ada.<mark>, bina.<mark> and so on. */
  static async make(server: Server, host: string, mark = host.replace(/[^a-z0-9]/g, '')): Promise<Organisation> {
    const [row] = await sql(
      server,
      `INSERT INTO org (name, host) VALUES (${quote(host)}, ${quote(host)}) RETURNING org_id`,
    );
    const id = Number(row?.[0]);
    await sql(
      server,
      `INSERT INTO area (org_id, name, name_key) SELECT ${id}, name, name_key FROM area WHERE org_id = 1;
       INSERT INTO bag_family SELECT ${id}, id, name, prefix, pattern, capacity, child_weight_g, name_key FROM bag_family WHERE org_id = 1`,
    );
    return Organisation.populate(server, host, id, mark);
  }

  /** The one that a fresh installation has, for hosts that nobody claims. */
  static first(server: Server, mark = 'first'): Promise<Organisation> {
    return Organisation.populate(server, '127.0.0.1', 1, mark);
  }

  private static async populate(server: Server, host: string, id: number, mark: string): Promise<Organisation> {
    const organisation = new Organisation(server, host, id, mark);
    await organisation.add(...cast);
    return organisation;
  }

  /** More people, all with the same password. */
  async add(...people: Person[]): Promise<void> {
    const rows = people.map(({ name, role, area }) => {
      const areaId =
        area === undefined ? 'NULL' : `(SELECT id FROM area WHERE org_id = ${this.id} AND name = ${quote(area)})`;
      return `(${this.id}, ${quote(this.username(name))}, ${quote(hash)}, '${role}', ${areaId}, 'active')`;
    });
    await sql(
      this.server,
      `INSERT INTO users (org_id, username, password_hash, role, area_id, state) VALUES ${rows.join(', ')}`,
    );
  }

  username(name: string): string {
    return `${name}.${this.mark}`;
  }

  /** A client that speaks to this organisation, with nobody signed in; from an address of its own, unless one is given. */
  stranger(server: Server = this.server, from = address()): Api {
    return new Api({ base: server.base, fetch: fetchAs(this.host, from) });
  }

  /** A new session of this person. */
  async signIn(name: string, server: Server = this.server): Promise<Api> {
    const api = this.stranger(server);
    await api.session.signIn({ username: this.username(name), password });
    return api;
  }

  /** This person, signed in once for all tests that don't end the session. */
  as(name: string): Promise<Api> {
    const known = this.clients.get(name) ?? this.signIn(name);
    this.clients.set(name, known);
    return known;
  }

  /** This person once more, when the session of before has ended. */
  asAgain(name: string): Promise<Api> {
    this.clients.set(name, this.signIn(name));
    return this.as(name);
  }
}

/** The id of a session of whoever asks that is not the one he asks in; `name` is who he is. */
export async function anotherSession(organisation: Organisation, api: Api, name: string): Promise<string> {
  await organisation.signIn(name);
  const { items } = await api.ask<{ items: { id: number; current: boolean }[] }>('GET', '/api/sessions');
  return String(items.find((session) => !session.current)?.id ?? '');
}
