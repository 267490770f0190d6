/**
 * Organisations: nobody ever sees or changes a row of another one, by whatever route.
 *
 * A host name stands for an organisation: "localhost" for the second, anything else for the first.
 * Both make things of the same codes, so a query that forgets org_id meets the wrong ones.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Api } from '../../../web/src/api';
import { isRefusal } from '../support/expect';
import { leaver, Organisation } from '../support/organisation';
import { identity, raw } from '../support/raw';
import { make, newThings, pathOf, sampleOf, type Things } from '../support/samples';
import type { Server } from '../support/server';
import { sharedServer } from '../support/shared';
import { fingerprint } from '../support/sql';
import { holdersOf, isOpen, isUnsafe, nameOf, routes, type Route } from '../support/table';

export function organisations(): void {
  describe('an organisation', () => {
    let server: Server;
    let first: Organisation;
    let second: Organisation;

    before(async () => {
      server = await sharedServer();
      first = await Organisation.make(server, 'first.test', 'mine');
      second = await Organisation.make(server, 'localhost', 'theirs');
    });

    const closed = routes.filter((route) => !isOpen(route));

    /** An administrator of the second organisation, who may do everything there but what is for others. */
    const asker = (route: Route, other: string) => {
      if (!holdersOf(route).includes('admin')) return second.as(other);
      return sampleOf(route).endsSessions === true ? second.signIn(leaver.admin) : second.as('ada');
    };

    async function ask(route: Route, api: Api, things: Things): Promise<{ status: number; text: string }> {
      const body = isUnsafe(route) ? sampleOf(route).body?.(things, second) : undefined;
      if (route.runs !== 'feed') {
        const reply = await api.call(route.method, pathOf(route, things), body);
        return { status: reply.status, text: JSON.stringify(reply.body) };
      }
      const stop = new AbortController();
      const answer = await api.send(route.method, pathOf(route, things), undefined, { signal: stop.signal });
      const { value } = (await answer.body?.getReader().read()) ?? {};
      stop.abort();
      return { status: answer.status, text: new TextDecoder().decode(value) };
    }

    for (const route of closed) {
      test(`finds nothing of another's through ${nameOf(route)}`, async () => {
        const things = newThings();
        await make(await first.as('ada'), things);
        things.session = await idOfSession(await first.as('ada'));
        if (route.path.includes('{id}')) await sampleOf(route).prepare?.(await first.as('ada'), things, first);
        const rows = await fingerprint(server, first.id);

        const answer = await ask(route, await asker(route, 'bina'), things);
        const { elsewhere, status } = sampleOf(route);
        assert.ok(
          elsewhere === 'not_found' ? answer.status === 404 : answer.status < 300 || answer.status === status,
          JSON.stringify(answer),
        );
        assert.doesNotMatch(answer.text, /\.mine\b/);
        if (route.method === 'GET' && elsewhere === 'own') {
          for (const code of [things.parent, things.child, things.free, things.bill, things.billed])
            assert.ok(!answer.text.includes(code), answer.text);
        }
        assert.deepEqual(await fingerprint(server, first.id), rows);
      });
    }

    for (const route of closed.filter((each) => !each.path.includes('{id}'))) {
      test(`has its own of the same codes at ${nameOf(route)}`, async () => {
        const things = newThings();
        await make(await first.as('ada'), things);
        await make(await second.as('ada'), things);
        await sampleOf(route).prepare?.(await second.as('ada'), things, second);
        const rows = await fingerprint(server, first.id);

        const answer = await ask(route, await asker(route, 'dev'), things);
        assert.equal(answer.status, sampleOf(route).status, answer.text);
        assert.doesNotMatch(answer.text, /\.mine\b/);
        assert.deepEqual(await fingerprint(server, first.id), rows);
      });
    }

    test('is the one of the host name at sign-in, whatever its case and port', async () => {
      for (const Host of ['localhost', 'LOCALHOST', 'LocalHost:1234']) {
        const body = JSON.stringify({ username: second.username('dev'), password: 'correct horse battery staple' });
        const answer = await raw(second.stranger(), {
          method: 'POST',
          path: '/api/session',
          headers: { Host, 'Content-Type': 'application/json' },
          body,
        });
        assert.equal(answer.status, 200, Host);
      }
    });

    test('knows none of the people of another', async () => {
      const reply = await second
        .stranger()
        .call('POST', '/api/session', { username: first.username('ada'), password: 'correct horse battery staple' });
      isRefusal(reply, 401, 'bad_credentials');
    });

    test('stays the one of the session, whatever host name comes later', async () => {
      const api = await second.as('ada');
      const answer = await raw(api, {
        method: 'GET',
        path: '/api/session',
        headers: { Host: 'first.test', ...identity(api) },
      });
      assert.match(answer.body.toString(), /"username":"ada\.theirs"/);
    });
  });
}

async function idOfSession(api: Api): Promise<string> {
  const list = await api.ask<{ items: { id: number; current: boolean }[] }>('GET', '/api/sessions');
  return String(list.items.find((session) => session.current)?.id);
}
