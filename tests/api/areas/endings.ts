/** Endings: what ends or changes the sessions of an account, on all servers, and their streams with them. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, describe, test } from 'node:test';
import type { Api } from '../../../web/src/api';
import { fine, within } from '../support/expect';
import { password } from '../support/organisation';
import type { Pair } from '../support/pair';
import { sql } from '../support/sql';
import { enrol } from '../support/totp';

const another = 'another long pass phrase';

interface Scene {
  pair: Pair;
  ada: Api; // the administrator
  own: Api; // a session of the person
  other: Api; // another one, that ends the first
  id: number; // whose account it is
}

/** Done at the first server. */
const deeds: Record<string, (scene: Scene) => Promise<unknown>> = {
  'signing out': ({ own }) => own.session.signOut(),
  'ending that one session': async ({ other }) => {
    const { items } = await fine<{ items: { id: number; current: boolean }[] }>(other, 'GET', '/api/sessions');
    for (const session of items.filter(({ current }) => !current))
      await fine(other, 'DELETE', `/api/sessions/${session.id}`);
  },
  'ending all other sessions': ({ other }) => fine(other, 'DELETE', '/api/sessions'),
  'choosing another password': ({ other }) =>
    fine(other, 'PUT', '/api/profile/password', { current: password, password: another }),
  'a link to a new password': async ({ pair, id }) => {
    const token = randomBytes(32).toString('hex');
    await sql(
      pair.first,
      `INSERT INTO password_reset (org_id, user_id, token_hash, ends_at) VALUES (1, ${id}, sha256('${token}'), now() + interval '1 hour')`,
    );
    await fine(pair.here.stranger(), 'POST', '/api/password/reset', { token, password: another });
  },
  'a password that an administrator chose': ({ ada, id }) =>
    fine(ada, 'PATCH', `/api/users/${id}`, { password: another }),
  'a lock': ({ ada, id }) => fine(ada, 'PATCH', `/api/users/${id}`, { state: 'locked' }),
  'being signed out everywhere': ({ ada, id }) => fine(ada, 'POST', `/api/users/${id}/sign-out`),
  'losing the second factor': async ({ ada, own, id }) => {
    await enrol(own);
    await fine(ada, 'DELETE', `/api/users/${id}/2fa`);
  },
  deletion: ({ ada, id }) => fine(ada, 'DELETE', `/api/users/${id}`),
};

export function endings(pair: () => Pair): void {
  describe('a session ends at both within a second, and its streams with it, by', () => {
    let ada: Api;
    let count = 0;

    before(async () => {
      ada = await pair().here.as('ada');
    });

    async function scene(): Promise<Scene> {
      const { here } = pair();
      const name = `guest${++count}`;
      await here.add({ name, role: 'dispatcher' });
      const own = await here.signIn(name);
      return { pair: pair(), ada, own, other: await here.signIn(name), id: Number((await own.session.get()).user.id) };
    }

    for (const [name, deed] of Object.entries(deeds)) {
      test(name, async () => {
        const it = await scene();
        const both = [it.own, pair().there(it.own)];
        const streams = await Promise.all(both.map(listen));
        await deed(it);
        assert.ok(await within(1_000, () => streams.every((stream) => stream.ended)), 'the streams go on');
        assert.ok(await within(1_000, () => allAnswer(both, '/api/stats', 401)), 'the session goes on');
      });
    }

    test('none of them, when it is another person’s', async () => {
      const [it, neighbour] = [await scene(), await scene()];
      const both = [it.own, pair().there(it.own)];
      const streams = await Promise.all(both.map(listen));
      for (const deed of Object.values(deeds)) await deed({ ...(await scene()), ada });
      await neighbour.own.session.signOut();
      assert.deepEqual(
        [streams.map((stream) => stream.ended), await allAnswer(both, '/api/stats', 200)],
        [[false, false], true],
      );
      for (const stream of streams) stream.stop();
    });
  });

  describe('a new role', () => {
    test('counts at both within a second, and streams go on', async () => {
      const { here, there } = { here: pair().here, there: (api: Api) => pair().there(api) };
      const ada = await here.as('ada');
      await here.add({ name: 'climber', role: 'dispatcher' });
      const api = await here.signIn('climber');
      const { id } = (await api.session.get()).user;
      const both = [api, there(api)];
      const streams = await Promise.all(both.map(listen));
      for (const [role, status] of [
        ['biller', 200],
        ['dispatcher', 403],
        ['admin', 200],
        ['dispatcher', 403],
      ] as const) {
        await fine(there(ada), 'PATCH', `/api/users/${id}`, { role });
        assert.ok(await within(1_000, () => allAnswer(both, '/api/bills', status)), role);
      }
      assert.deepEqual(
        streams.map((stream) => stream.ended),
        [false, false],
      );
      for (const stream of streams) stream.stop();
    });
  });
}

async function allAnswer(apis: readonly Api[], path: string, status: number): Promise<boolean> {
  return (await Promise.all(apis.map((api) => api.call('GET', path)))).every((reply) => reply.status === status);
}

interface Stream {
  ended: boolean; // by the server
  stop: () => void;
}

/** A stream that has told something already. */
async function listen(api: Api): Promise<Stream> {
  const controller = new AbortController();
  const answer = await api.send('GET', '/api/stats/stream', undefined, { signal: controller.signal });
  assert.equal(answer.status, 200);
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  const stream = { ended: false, stop: () => controller.abort() };
  void readToEnd(reader).then((ended) => (stream.ended = ended));
  return stream;
}

async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<boolean> {
  try {
    while (!(await reader.read()).done);
    return true;
  } catch {
    return false; // stopped by us
  }
}
