/**
 * Servers: two of them on one database, one that counts requests, one that nobody has set up yet.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Api, uuid7, type Problem } from '../../web/src/api';
import { commands } from './areas/commands';
import { endings } from './areas/endings';
import { limits } from './areas/limits';
import { secrecy } from './areas/secrecy';
import { billCode, child, children, counted } from './support/codes';
import { fine, isRefusal, refused, within } from './support/expect';
import { Organisation, password } from './support/organisation';
import { Pair } from './support/pair';
import { identity, raw } from './support/raw';
import { adminPassword, Server } from './support/server';
import { sql, sqlValue } from './support/sql';

describe('two servers on one database', () => {
  let pair: Pair;
  let first: Server;
  let second: Server;
  let here: Organisation;

  before(async () => {
    pair = await Pair.start();
    ({ first, second, here } = pair);
  });
  after(() => pair?.stop());

  const there = (api: Api) => pair.there(api);

  endings(() => pair);
  limits(() => pair);

  test('a session that begins at one is good at the other', async () => {
    const api = await here.signIn('dev');
    assert.equal((await there(api).session.get()).user.username, here.username('dev'));
    await fine(there(api), 'POST', '/api/bags', { qr: child() });
  });

  test('being busy at one keeps the session alive at the other', async () => {
    const api = await here.signIn('dev');
    const twin = there(api);
    await twin.stats.get();
    const mine = `org_id = 1 AND user_id = (SELECT id FROM users WHERE org_id = 1 AND username = '${here.username('dev')}')`;
    await sql(first, `UPDATE session SET used_at = now() - interval '1700 seconds' WHERE ${mine}`);
    assert.ok(((await api.session.get()).idle_left ?? 0) <= 110);
    await api.stats.get();
    assert.ok(((await api.session.get()).idle_left ?? 0) > 1790);
  });

  test('a session is found though the connections to the database have just ended', async () => {
    const twins = await Promise.all(Array.from({ length: 8 }, async () => there(await here.signIn('dev'))));
    await sql(first, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'worker-%'`);
    const views = await Promise.all(twins.map((twin) => twin.session.get()));
    for (const view of views) assert.equal(view.user.username, here.username('dev'));
  });

  test('idle for half an hour is over at a server that never saw it', async () => {
    const api = await here.signIn('lata');
    await sql(
      first,
      `UPDATE session SET used_at = now() - interval '1801 seconds' WHERE org_id = 1 AND user_id = (SELECT id FROM users WHERE org_id = 1 AND username = '${here.username('lata')}')`,
    );
    await refused(there(api).stats.get(), 401, 'signed_out');
  });

  test('wrong passwords at both count together', async () => {
    const statuses = [];
    for (let i = 0; i < 6; i++)
      statuses.push(
        (
          await here
            .stranger(i % 2 === 0 ? first : second)
            .call('POST', '/api/session', { username: here.username('indra'), password: 'wrong' })
        ).status,
      );
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 423]);
    isRefusal(
      await here.stranger(second).call('POST', '/api/session', { username: here.username('indra'), password }),
      423,
      'locked',
    );
  });

  test('scans through both never overfill a parent, nor put a child into two', async () => {
    const dev = await here.as('dev');
    const both = [dev, there(dev)];
    const parents = Array.from({ length: 4 }, () => counted(12));
    const codes = children(60);
    const all = codes.flatMap((code, i) =>
      [0, 1].map((k) =>
        both[(i + k) % 2]?.scans.add({ id: uuid7(), parent: parents[(i + k) % 4] as string, child: code }),
      ),
    );
    const verdicts = (await Promise.all(all)).map((answer) => answer?.verdict);
    assert.equal(verdicts.filter((verdict) => verdict === 'linked').length, 48);
    assert.deepEqual([...new Set(verdicts)].sort(), ['elsewhere', 'full', 'linked']);
    for (const parent of parents) {
      const [one, other] = await Promise.all(both.map((api) => api.bags.get(parent)));
      assert.deepEqual(one, other);
      assert.deepEqual([one?.child_count, one?.children.length, one?.status], [12, 12, 'completed']);
    }
    const [mine, theirs] = await Promise.all(both.map((api) => api.stats.get()));
    assert.deepEqual(mine, theirs);
    assert.equal(await sqlValue(first, 'SELECT sum(linked) FROM counter WHERE org_id = 1'), '48');
  });

  test('one scan sent to both at once is done once, and both say the same', async () => {
    const dev = await here.as('dev');
    const [one, other] = [dev, there(dev)];
    for (let i = 0; i < 10; i++) {
      const scan = { id: uuid7(), parent: counted(3), child: child() };
      const answers = await Promise.all([one.scans.add(scan), other.scans.add(scan)]);
      assert.deepEqual(answers[0], answers[1]);
      assert.equal(answers[0]?.verdict, 'linked');
    }
  });

  test('a bill that is filled through both holds what it can and no more', async () => {
    const bina = await here.as('bina');
    const both = [bina, there(bina)];
    const code = billCode();
    await bina.bills.create({ code, capacity: 5 });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        both[i % 2]?.bills.addBag(code, { id: uuid7(), qr: counted(2), create: true }),
      ),
    );
    assert.equal(answers.filter((answer) => answer?.verdict === 'linked').length, 5);
    assert.deepEqual([(await bina.bills.get(code)).linked, (await both[1]?.bills.get(code))?.status], [5, 'completed']);
  });

  test('figures are pushed by both, whoever has scanned', async () => {
    const dev = await here.as('dev');
    const seen: number[] = [];
    const stop = there(dev).stats.stream((stats) => seen.push(stats.scans));
    assert.ok(await within(2_000, () => seen.length > 0));
    await dev.scans.add({ id: uuid7(), parent: counted(1), child: child() });
    const { scans } = await dev.stats.get();
    assert.ok(await within(2_000, () => seen.at(-1) === scans));
    stop();
  });

  describe('of which one counts requests', () => {
    const body = '{}';

    /** Ask as fast as can be, until it is too often. */
    async function flood(
      server: Server,
      method: string,
      path: string,
      headers: Record<string, string>,
      most: number,
    ): Promise<{ count: number; retry: string; problem: Problem }> {
      for (let count = 0; count < most; count += 20) {
        const answers = await Promise.all(
          Array.from({ length: 20 }, () =>
            raw(here.stranger(server), { method, path, headers, ...(method === 'GET' ? {} : { body }) }),
          ),
        );
        const refusal = answers.find((answer) => answer.status === 429);
        if (refusal !== undefined)
          return {
            count,
            retry: refusal.headers['retry-after'] ?? '',
            problem: JSON.parse(refusal.body.toString()) as Problem,
          };
      }
      return { count: most, retry: '', problem: { type: '', title: '', status: 0 } };
    }

    test('a person who asks too often is told to wait, and nobody else is', async () => {
      const api = there(await here.signIn('amar'));
      const { retry, problem, count } = await flood(
        second,
        'POST',
        '/api/bills/NOBODY/finish',
        { ...identity(api), 'Content-Type': 'application/json' },
        1500,
      );
      assert.ok(count >= 180, `after ${count}`);
      assert.match(retry, /^[1-9]\d*$/);
      assert.deepEqual([problem.type, problem.status], ['/problems/too_often', 429]);
      const bills = () => sqlValue(first, 'SELECT count(*) FROM bill WHERE org_id = 1');
      const before = Number(await bills());
      const replies = await Promise.all(
        Array.from({ length: 60 }, () => api.call('POST', '/api/bills', { code: billCode(), capacity: 1 })),
      );
      const made = replies.filter((reply) => reply.status === 201).length;
      assert.deepEqual(
        [replies.filter((reply) => reply.status === 429).length, Number(await bills())],
        [60 - made, before + made],
      );
      assert.ok(made < 60);
      await api.stats.get();
      await fine(there(await here.as('bina')), 'POST', '/api/bills', { code: billCode(), capacity: 1 });
      assert.ok(
        await within(
          3_000,
          async () => (await api.call('POST', '/api/bills', { code: billCode(), capacity: 1 })).status === 201,
        ),
      );
    });

    test('one that does not count lets the same pass', async () => {
      const api = await here.as('ada');
      const { count } = await flood(
        first,
        'POST',
        '/api/bills/NOBODY/finish',
        { ...identity(api), 'Content-Type': 'application/json' },
        400,
      );
      assert.equal(count, 400);
    });

    test('signing in is counted by address, counting or not', async () => {
      for (const [server, address] of [
        [first, '10.9.0.1'],
        [second, '10.9.0.2'],
      ] as const) {
        const headers = { 'X-Forwarded-For': address, 'Content-Type': 'application/json' };
        const { retry, problem } = await flood(server, 'POST', '/api/session', headers, 300);
        assert.deepEqual([problem.type, Number(retry) > 0], ['/problems/too_often', true]);
        assert.equal(
          (
            await raw(here.stranger(server), {
              method: 'GET',
              path: '/api/setup',
              headers: { 'X-Forwarded-For': address },
            })
          ).status,
          200,
        );
      }
    });
  });

  commands(() => pair);
  secrecy(async () => [first, second]);
});

describe('a server that nobody has set up', () => {
  let server: Server;

  before(async () => {
    server = await Server.start({ env: { ADMIN_PASSWORD: '' } });
  });
  after(() => server?.stop());

  test('prints a link that makes the first administrator, once', async () => {
    const link = () => /\/setup#token=([0-9a-f]{32,})/.exec(server.said)?.[1] ?? '';
    assert.ok(await within(1_000, () => link() !== ''), server.said);
    const token = link();

    const api = new Api({ base: server.base });
    assert.deepEqual(await api.setup.get(), { needed: true });
    await refused(
      api.setup.finish({
        token: token.replace(/^./, (c) => (c === '0' ? '1' : '0')),
        username: 'first',
        password: adminPassword,
      }),
      403,
      'forbidden',
    );
    await refused(api.setup.finish({ token, username: 'first', password: 'password1234' }), 422, 'bad_fields');
    const session = await api.setup.finish({ token, username: 'first', password: adminPassword });
    assert.deepEqual([session.user.username, session.user.role], ['first', 'admin']);
    await fine(api, 'POST', '/api/bills', { code: billCode(), capacity: 1 });

    assert.deepEqual(await api.setup.get(), { needed: false });
    await refused(api.setup.finish({ token, username: 'second', password: adminPassword }), 403, 'forbidden');
    assert.ok(!server.log.includes(token));
  });
});
