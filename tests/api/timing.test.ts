/**
 * What the time of an answer gives away: nothing of whether there is such an account.
 *
 * The kinds of requests take turns in a random order (SEED=n), one at a time, and are compared by
 * rank (support/ranks.ts). Passwords cost what they do in production. Each series has a kind that
 * does differ, by a cheaper hash or by three statements, and that has to be told apart: a test that
 * sees nothing would say so. Whoever attacks has far fewer tries: ten a minute from one
 * address, and five for one name.
 */
import assert from 'node:assert/strict';
import { randomBytes, randomInt, scryptSync } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Reply } from '../../web/src/api';
import { random, shuffled } from './support/codes';
import { Organisation } from './support/organisation';
import { areApart, compare } from './support/ranks';
import { Server } from './support/server';
import { quote, sql } from './support/sql';

const seed = Number(process.env['SEED'] ?? randomInt(2 ** 31));

describe(`the time of an answer (SEED=${seed})`, () => {
  const next = random(seed);
  let server: Server;
  let here: Organisation;

  before(async () => {
    // Mail is on, so that forgotten passwords are more than a word; nobody takes it on that port.
    const mail = {
      base_url: 'https://bags.example.org',
      from_email: 'bags@example.org',
      smtp_url: 'smtp://127.0.0.1:9',
    };
    server = await Server.start({ settings: { rate_limits: 'off', proxies: '1', ...mail } });
    here = await Organisation.first(server, 'timing');
  });

  after(() => server.stop());

  interface Kind {
    times: number;
    ask: (turn: number) => Promise<Reply>;
    status: number;
  }

  const post = (path: string, body: object) => here.stranger().call('POST', path, body);
  const guess = (username: string) => post('/api/session', { username, password: 'wrong' });

  /** Milliseconds of each request, by kind. */
  async function measure<Name extends string>(kinds: Record<Name, Kind>): Promise<Record<Name, number[]>> {
    const names = Object.keys(kinds) as Name[];
    const taken = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
    const turns = names.flatMap((name) => Array.from({ length: kinds[name].times }, (_, turn) => ({ name, turn })));
    for (const { name, turn } of shuffled(turns, next)) {
      const before = performance.now();
      const reply = await kinds[name].ask(turn);
      taken[name].push(performance.now() - before);
      assert.equal(reply.status, kinds[name].status, `${name}: ${JSON.stringify(reply.body)}`);
    }
    return taken;
  }

  function alike(one: readonly number[], other: readonly number[], what: string): void {
    const found = compare(one, other);
    assert.ok(!areApart(found), `${what}: ${JSON.stringify(found)}`);
  }

  function apart(one: readonly number[], other: readonly number[], what: string): void {
    const found = compare(one, other);
    assert.ok(areApart(found), `${what}: ${JSON.stringify(found)}`);
  }

  /** Four tries for each name: the fifth would lock it. */
  const nameOf = (kind: string, turn: number) => `${kind}${turn >> 2}`;

  async function people(kind: string, tries: number, change = ''): Promise<void> {
    const names = Array.from({ length: Math.ceil(tries / 4) }, (_, i) => nameOf(kind, 4 * i));
    await here.add(...names.map((name) => ({ name, role: 'dispatcher' as const })));
    if (change !== '') await sql(server, `UPDATE users SET ${change} WHERE username LIKE ${quote(`${kind}%.timing`)}`);
  }

  test('to a wrong password is the same whether or not somebody has the name, and may sign in', async () => {
    const cheapest = `scrypt:4096:8:1$salt$${scryptSync('something else', 'salt', 64, { N: 4096, r: 8, p: 1 }).toString('hex')}`;
    await people('known', 56);
    await people('barred', 28, `state = 'locked'`);
    await people('cheap', 16, `password_hash = ${quote(cheapest)}`);

    const kind = (name: string, times: number): Kind => ({
      times,
      status: 401,
      ask: (turn) => guess(here.username(nameOf(name, turn))),
    });
    const { unknown, known, barred, cheap } = await measure({
      unknown: kind('nobody', 56),
      known: kind('known', 56),
      barred: kind('barred', 28),
      cheap: kind('cheap', 16),
    });
    apart(unknown, cheap, 'a hash that costs less is not noticed: this test proves nothing');
    alike(unknown, known, 'an unknown name and a wrong password');
    alike(unknown, barred, 'an unknown name and an account that is locked');
  });

  test('to a name that is locked is the same whether or not somebody has it', async () => {
    await people('anybody', 160);
    const locked = Array.from({ length: 40 }, (_, i) =>
      ['anybody', 'nobody'].map(
        (name) => `(${here.id}, sha256(${quote(here.username(name + i))}), 5, now(), now() + interval '15 minutes')`,
      ),
    );
    await sql(
      server,
      `DELETE FROM login_attempt; INSERT INTO login_attempt (org_id, name_hash, wrong_count, at, locked_until) VALUES ${locked.flat().join(', ')}`,
    );

    const kind = (name: string): Kind => ({
      times: 150,
      status: 423,
      ask: (turn) => guess(here.username(nameOf(name, turn))),
    });
    const { known, unknown, malformed } = await measure({
      known: kind('anybody'),
      unknown: kind('nobody'),
      malformed: { times: 60, status: 422, ask: () => post('/api/session', { username: 7, password: 'wrong' }) },
    });
    apart(known, malformed, 'three statements more are not noticed: this test proves nothing');
    alike(known, unknown, 'a locked name that somebody has, and one that nobody has');
  });

  test('to a forgotten password is the same whether or not somebody has the address', async () => {
    const addresses = Array.from({ length: 40 }, (_, i) => `someone${i}@example.org`);
    await people('someone', 160, `email = split_part(username, '.', 1) || '@example.org'`);

    // Five tries an hour for each address.
    const ask = (address: string) => post('/api/password/forgotten', { email: address });
    const { known, unknown, malformed } = await measure({
      known: { times: 150, status: 202, ask: (turn) => ask(addresses[turn >> 2] ?? '') },
      unknown: { times: 150, status: 202, ask: (turn) => ask(`nobody${turn >> 2}@example.org`) },
      malformed: { times: 60, status: 422, ask: () => ask(`no address ${randomBytes(2).toString('hex')}`) },
    });
    apart(known, malformed, 'three statements more are not noticed: this test proves nothing');
    alike(known, unknown, 'an address that somebody has, and one that nobody has');
  });
});
