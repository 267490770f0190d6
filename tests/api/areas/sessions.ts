/** Sessions: what one is worth, how long, and how it ends. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Api } from '../../../web/src/api';
import { isRefusal, refused, within } from '../support/expect';
import { Organisation, password } from '../support/organisation';
import { exchange, identity, raw } from '../support/raw';
import type { Server } from '../support/server';
import { sharedServer } from '../support/shared';
import { sql } from '../support/sql';

interface Entry {
  id: number;
  device: string;
  address: string;
  created_at: string;
  used_at: string;
  current: boolean;
}

export function sessions(): void {
  describe('a session', () => {
    let server: Server;
    let here: Organisation;

    before(async () => {
      server = await sharedServer();
      here = await Organisation.make(server, 'sessions.test');
    });

    const entries = async (api: Api) => (await api.ask<{ items: Entry[] }>('GET', '/api/sessions')).items;
    const whose = (name: string) =>
      `org_id = ${here.id} AND user_id = (SELECT id FROM users WHERE org_id = ${here.id} AND username = '${here.username(name)}')`;
    const newcomer = async (name: string): Promise<Api> => {
      await here.add({ name, role: 'dispatcher' });
      return here.signIn(name);
    };

    test('says who is signed in and what is left of it', async () => {
      const session = await (await here.as('bina')).session.get();
      assert.deepEqual(
        [session.user.username, session.user.role, session.user.area],
        [here.username('bina'), 'biller', null],
      );
      assert.ok((session.idle_left ?? 0) > 1790 && (session.absolute_left ?? 0) > 3590);
    });

    test('is dead on the server once its owner signed out', async () => {
      const api = await newcomer('leaving');
      const before = identity(api);
      await api.session.signOut();
      assert.equal(api.jar?.header(), '');
      for (const path of ['/api/session', '/api/stats', '/api/bag/SB10000']) {
        assert.equal((await raw(here.stranger(), { method: 'GET', path, headers: before })).status, 401, path);
      }
      const scan = await raw(here.stranger(), {
        method: 'POST',
        path: '/api/scans',
        headers: { ...before, 'Content-Type': 'application/json' },
        body: '{}',
      });
      assert.equal(scan.status, 401);
      await refused(here.stranger().session.get(), 401, 'signed_out');
    });

    test('is in its owner’s list, with device and address, and in nobody else’s', async () => {
      const api = await newcomer('lister');
      await raw(here.stranger(), { method: 'GET', path: '/health' });
      const [only, ...rest] = await entries(api);
      assert.deepEqual(rest, []);
      assert.equal(only?.current, true);
      assert.match(only?.address ?? '', /^10\.0\.\d+\.\d+$/);
      assert.ok(Date.now() - Date.parse(only?.created_at ?? '') < 60_000);
      await here.signIn('lister');
      assert.deepEqual((await entries(api)).map((each) => each.current).sort(), [false, true]);
    });

    test('is from where the proxy in front has seen it, whatever the client has claimed before', async () => {
      const api = await newcomer('claimant');
      const body = JSON.stringify({ username: here.username('claimant'), password });
      const headers = {
        Host: 'sessions.test',
        'Content-Type': 'application/json',
        'X-Forwarded-For': '192.0.2.66, 10.77.0.5',
        'X-Real-IP': '192.0.2.67',
        Forwarded: 'for=192.0.2.68',
      };
      assert.equal((await raw(here.stranger(), { method: 'POST', path: '/api/session', headers, body })).status, 200);
      assert.deepEqual(
        (await entries(api)).filter((each) => !each.current).map((each) => each.address),
        ['10.77.0.5'],
      );
    });

    test('is from where the proxy in front has seen it, with or without a port, in a line of its own or behind the client’s', async () => {
      const api = await newcomer('many-lines');
      const body = JSON.stringify({ username: here.username('many-lines'), password });
      const seen = [
        ['192.0.2.66', '10.77.1.1'],
        ['192.0.2.66, 192.0.2.67', 'unknown', '10.77.1.2:50123'],
        ['192.0.2.66', '[2001:db8::5]:443'],
        ['', '2001:DB8:0::6'],
      ];
      for (const lines of seen) {
        const forwarded = lines.map((line) => `X-Forwarded-For: ${line}\r\n`).join('');
        const head = `POST /api/session HTTP/1.1\r\nHost: sessions.test\r\nConnection: close\r\n${forwarded}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
        assert.equal(
          (await exchange(Number(new URL(api.base).port), Buffer.from(head + body))).status,
          200,
          lines.join(' | '),
        );
      }
      const theirs = (await entries(api)).filter((each) => !each.current).map((each) => each.address);
      assert.deepEqual(theirs.sort(), ['10.77.1.1', '10.77.1.2', '2001:db8::5', '2001:db8::6']);
    });

    test('can be ended by its owner from another one', async () => {
      const api = await newcomer('roamer');
      const [second, third] = [await here.signIn('roamer'), await here.signIn('roamer')];
      const [other] = (await entries(second)).filter((each) => each.current);
      await api.ask('DELETE', `/api/sessions/${other?.id}`);
      await refused(second.session.get(), 401, 'signed_out');
      await third.session.get();

      await api.ask('DELETE', '/api/sessions');
      await refused(third.session.get(), 401, 'signed_out');
      assert.equal((await entries(api)).length, 1);
    });

    test('can’t be ended by anybody else', async () => {
      const victim = await newcomer('victim');
      const [theirs] = await entries(victim);
      for (const name of ['dev', 'ada'])
        await refused((await here.as(name)).ask('DELETE', `/api/sessions/${theirs?.id}`), 404, 'not_found');
      for (const id of ['0', '-1', 'x', '99999999999999999999', '1%20'])
        await refused((await here.as('dev')).ask('DELETE', `/api/sessions/${id}`), 404, 'not_found');
      await victim.session.get();
    });

    test('that ends itself by its id is signed out', async () => {
      const api = await newcomer('selfender');
      const [mine] = await entries(api);
      await api.ask('DELETE', `/api/sessions/${mine?.id}`);
      assert.equal(api.jar?.header(), '');
    });

    test('is over after half an hour without a request', async () => {
      const api = await newcomer('idler');
      await sql(server, `UPDATE session SET used_at = now() - interval '1799 seconds' WHERE ${whose('idler')}`);
      await api.session.get();
      const late = await newcomer('idler2');
      await sql(server, `UPDATE session SET used_at = now() - interval '1801 seconds' WHERE ${whose('idler2')}`);
      await refused(late.session.get(), 401, 'signed_out');
    });

    test('is over an hour after it began, however busy', async () => {
      const api = await newcomer('worker');
      await api.stats.get();
      await sql(
        server,
        `UPDATE session SET created_at = now() - interval '3601 seconds' WHERE ${whose('worker')}; NOTIFY account, '${here.id}'`,
      );
      assert.ok(await within(1_000, async () => (await api.call('GET', '/api/stats')).status === 401));
    });

    test('is not kept alive by asking how long it lasts', async () => {
      const api = await newcomer('watcher');
      await sql(server, `UPDATE session SET used_at = now() - interval '1000 seconds' WHERE ${whose('watcher')}`);
      const first = await api.session.get();
      const second = await api.session.get();
      assert.ok((first.idle_left ?? 0) <= 800 && (second.idle_left ?? 0) <= (first.idle_left ?? 0));
      await api.call('GET', '/api/stats', undefined, { headers: { 'X-Unattended': '1' } });
      assert.ok(((await api.session.get()).idle_left ?? 0) <= 800, 'what a screen asks by itself');
      await api.stats.get();
      assert.ok(((await api.session.get()).idle_left ?? 0) > 1790);
    });

    test('feels a new role, another area, a lock and a deletion within a second', async () => {
      await here.add({ name: 'rising', role: 'dispatcher' });
      const api = await here.signIn('rising');
      const change = (what: string) =>
        sql(
          server,
          `UPDATE users SET ${what} WHERE org_id = ${here.id} AND username = '${here.username('rising')}'; NOTIFY account, '${here.id}'`,
        );
      const becomes = (status: number) =>
        within(1_000, async () => (await api.call('GET', '/api/bills')).status === status);

      assert.ok(await becomes(403));
      await change(`role = 'biller'`);
      assert.ok(await becomes(200));
      await change(`role = 'dispatcher'`);
      assert.ok(await becomes(403));
      await change(`state = 'locked'`);
      assert.ok(await becomes(401));
      await change(`state = 'active'`);
      await change(`state = 'deleted'`);
      assert.ok(await becomes(401));
    });

    test('is told apart from a forbidden call: 401 without one, 403 with one', async () => {
      isRefusal(await here.stranger().call('GET', '/api/bills'), 401, 'signed_out');
      isRefusal(await (await here.as('dev')).call('GET', '/api/bills'), 403, 'forbidden');
    });
  });
}
