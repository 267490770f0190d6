/** Limits: how often anything may be asked, of two servers together. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Api, Reply } from '../../../web/src/api';
import { fine, isRefusal } from '../support/expect';
import { password } from '../support/organisation';
import type { Pair } from '../support/pair';
import { raw, type RawAnswer } from '../support/raw';
import { sql } from '../support/sql';
import { isOpen, isUnsafe, nameOf, routes } from '../support/table';
import { enrol } from '../support/totp';

const wrong = 'not the pass phrase';

interface Limit {
  most: number;
  seconds: number;
  status: number; // while there are tries left
  /** One try: the same address or the same account each time, the other one ever new. */
  ask: (from: string, i: number) => { api: Api; path: string; body: object };
}

export function limits(pair: () => Pair): void {
  describe('what guards accounts', () => {
    let people = 0;
    let addresses = 0;
    const guarded: string[] = []; // names of people with a second factor

    const somewhere = () => `10.7.0.${++addresses}`;
    const anybody = () => `somebody${++people}`;

    async function newcomer(): Promise<string> {
      const name = anybody();
      await pair().here.add({ name, role: 'dispatcher' });
      return name;
    }

    before(async () => {
      for (let i = 0; i < 8; i++) {
        const name = await newcomer();
        await enrol(await pair().here.signIn(name));
        guarded.push(pair().here.username(name));
      }
      // Setting one up is a try, too.
      await sql(pair().first, 'DELETE FROM attempt');
    });

    /** In turn at both servers. */
    const at = (from: string, i: number) => pair().here.stranger(i % 2 === 0 ? pair().first : pair().second, from);

    const table: Record<string, Limit> = {
      'wrong passwords, by address': {
        ...{ most: 10, seconds: 60, status: 401 },
        ask: (from, i) => ({ api: at(from, i), path: '/api/session', body: { username: anybody(), password: wrong } }),
      },
      'registering, by address': {
        ...{ most: 5, seconds: 60, status: 202 },
        ask: (from, i) => ({
          api: at(from, i),
          path: '/api/registrations',
          body: { username: anybody(), email: `${anybody()}@example.org`, password },
        }),
      },
      'asking for a new password, by address': {
        ...{ most: 5, seconds: 3600, status: 202 },
        ask: (from, i) => ({
          api: at(from, i),
          path: '/api/password/forgotten',
          body: { email: `${anybody()}@example.org` },
        }),
      },
      'asking for a new password, by account': {
        ...{ most: 5, seconds: 3600, status: 202 },
        ask: (_, i) => ({
          api: at(somewhere(), i),
          path: '/api/password/forgotten',
          body: { email: i % 2 === 0 ? 'Often@example.org' : 'often@example.org' },
        }),
      },
      'links to a new password, by address': {
        ...{ most: 10, seconds: 60, status: 403 },
        ask: (from, i) => ({
          api: at(from, i),
          path: '/api/password/reset',
          body: { token: `no such link ${i}`, password },
        }),
      },
      'codes of a second factor, by account': {
        ...{ most: 5, seconds: 60, status: 401 },
        ask: (_, i) => ({
          api: at(somewhere(), i),
          path: '/api/session',
          body: { username: guarded[0], password, code: '000000' },
        }),
      },
      'wrong codes of a second factor, by address': {
        ...{ most: 5, seconds: 60, status: 401 },
        ask: (from, i) => ({
          api: at(from, i),
          path: '/api/session',
          body: { username: guarded[1 + i], password, code: '000000' },
        }),
      },
    };

    for (const [name, { most, seconds, status, ask }] of Object.entries(table)) {
      test(`${name}: ${most} in ${seconds} s, at both together`, async () => {
        const from = somewhere();
        const send = (i: number): Promise<Reply> => {
          const { api, path, body } = ask(from, i);
          return api.call('POST', path, body);
        };
        for (let i = 0; i < most; i++) assert.equal((await send(i)).status, status, `try ${i + 1}`);
        for (const i of [most, most + 1]) {
          const refused = await send(i);
          isRefusal(refused, 429, 'too_often');
          const wait = Number(refused.headers.get('Retry-After'));
          assert.ok(wait > 0 && wait <= seconds, `${wait} s`);
        }
      });
    }

    test('five wrong passwords of one account lock it, at both together', async () => {
      const username = pair().here.username(await newcomer());
      const send = (i: number, word: string) =>
        at(somewhere(), i).call('POST', '/api/session', { username, password: word });
      for (let i = 0; i < 5; i++) isRefusal(await send(i, wrong), 401, 'bad_credentials');
      for (const i of [0, 1]) {
        const locked = await send(i, password);
        isRefusal(locked, 423, 'locked');
        assert.ok(Number(locked.headers.get('Retry-After')) > 800);
      }
    });

    test('confirming a new second factor: 5 in 60 s for an account, in whatever sessions', async () => {
      const name = await newcomer();
      const sessions = await Promise.all(
        [pair().first, pair().second].map((server) => pair().here.signIn(name, server)),
      );
      await fine(sessions[0] as Api, 'POST', '/api/profile/2fa');
      const send = (i: number) => (sessions[i % 2] as Api).call('POST', '/api/profile/2fa/confirm', { code: '000000' });
      for (let i = 0; i < 5; i++) isRefusal(await send(i), 422, 'bad_fields');
      for (const i of [0, 1]) assert.ok(Number((await send(i)).headers.get('Retry-After')) > 0);
      isRefusal(await send(0), 429, 'too_often');
    });

    test('many phones behind one address do not lock each other out', async () => {
      const { here, first, second } = pair();
      const from = somewhere();
      const phones: Api[] = [];
      for (let i = 0; i < 14; i++) {
        const username = here.username(await newcomer());
        const phone = here.stranger(i % 2 === 0 ? first : second, from);
        isRefusal(await phone.call('POST', '/api/session', { username, password: wrong }), 401, 'bad_credentials');
        await phone.session.signIn({ username, password });
        phones.push(phone);
      }
      // The second server counts: one of them asks until he is told to wait.
      const [greedy, neighbour] = [phones[1] as Api, phones[3] as Api];
      await untilTooOften(
        () =>
          raw(greedy, { method: 'POST', path: '/api/bags', headers: { 'X-Forwarded-For': from, 'X-CSRFToken': '' } }),
        'POST /api/bags',
      );
      isRefusal(await neighbour.call('POST', '/api/bags', {}), 422, 'bad_fields');
    });
  });

  describe('a route that is asked too often', () => {
    /** Signed out: what is not open to all is refused behind the count, and nothing happens. */
    test('says when to come back, whichever it is', async () => {
      const counted = routes.filter(({ rate }) => rate !== 'none');
      assert.ok(counted.length > 0);
      for (const route of counted) {
        const api = pair().here.stranger(pair().second);
        const headers = {
          'X-Forwarded-For': isOpen(route) ? '10.8.0.1' : '10.8.0.2',
          'Content-Type': 'application/json',
        };
        const request = {
          method: route.method,
          path: route.path.replace(/\{\w+\}/g, '1'),
          headers,
          ...(isUnsafe(route) ? { body: '{}' } : {}),
        };
        await untilTooOften(() => raw(api, request), nameOf(route));
      }
    });
  });
}

/** Ask as fast as can be, faster than any count forgets. */
async function untilTooOften(ask: () => Promise<RawAnswer>, why: string): Promise<void> {
  for (let count = 0; count < 3_000; count += 20) {
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    const refusal = answers.find((answer) => answer.status === 429);
    if (refusal === undefined) continue;
    assert.match(refusal.headers['retry-after'] ?? '', /^[1-9]\d*$/, why);
    assert.equal(refusal.headers['content-type'], 'application/problem+json', why);
    return;
  }
  assert.fail(`${why} is never too often`);
}
