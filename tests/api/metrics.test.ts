/**
 * Metrics: who may read them, and that they count what was asked, no more and no less.
 *
 * Two servers on one database, one of them behind a proxy. Nobody else asks them anything. What
 * administrators see of the server's health, and in how far it agrees, is tested here as well.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { uuid7, type Api } from '../../web/src/api';
import { children, counted as parentOf } from './support/codes';
import { fine, within } from './support/expect';
import { Organisation } from './support/organisation';
import { Figures } from './support/prometheus';
import { problem, raw, type RawAnswer } from './support/raw';
import { Server } from './support/server';
import { psql, sql, sqlValue } from './support/sql';

const token = 'a token for those who watch';

/** A psql that keeps a session, until it is killed. */
function hold(server: Server, statement = ''): ChildProcess {
  const child = spawn(psql, ['-XqAt', '-d', server.database], { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin?.on('error', () => undefined).write(`${statement}\n`);
  return child;
}

describe('metrics', () => {
  let server: Server;
  let behind: Server;
  let here: Organisation;
  let stranger: Api;

  before(async () => {
    const settings = { metrics_token: token, rate_limits: 'off' };
    server = await Server.start({ settings });
    behind = await Server.start({ database: server.database, settings: { ...settings, proxies: '1' } });
    here = await Organisation.first(server, 'metrics');
    stranger = here.stranger();
  });

  after(async () => {
    await behind.stop();
    await server.stop();
  });

  /** '' for a header that is not sent. */
  const ask = (headers: Record<string, string>, api = stranger): Promise<RawAnswer> =>
    raw(api, { method: 'GET', path: '/metrics', headers });

  const direct = { 'X-Forwarded-For': '' };

  async function figures(): Promise<Figures> {
    const answer = await ask(direct);
    assert.equal(answer.status, 200, answer.body.toString());
    assert.equal(answer.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
    return new Figures(answer.body.toString());
  }

  /** Do what needs the table of areas while somebody else has it, for longer than is fast. */
  async function whileLocked(deed: () => Promise<unknown>): Promise<void> {
    const locks = (granted: boolean) =>
      sqlValue(server, `SELECT count(*) FROM pg_locks WHERE relation = 'area'::regclass AND granted = ${granted}`);
    const holder = hold(server, 'BEGIN; LOCK TABLE area;');
    assert.ok(await within(20_000, async () => (await locks(true)) !== '0'));
    const done = deed();
    assert.ok(await within(20_000, async () => (await locks(false)) !== '0'));
    await new Promise((resolve) => setTimeout(resolve, 150));
    holder.kill();
    await done;
  }

  describe('are read', () => {
    test('from the machine itself', async () => {
      assert.equal((await figures()).value('tracetrack_build_info', { version: await version() }), 1);
    });

    test('with the token from anywhere', async () => {
      const bearer = { Authorization: `Bearer ${token}` };
      for (const api of [stranger, here.stranger(behind)]) assert.equal((await ask(bearer, api)).status, 200);
    });

    test('by nobody else', async () => {
      for (const Authorization of ['', 'Bearer', 'Bearer ', `Bearer ${token}!`, `Bearer ${token.slice(1)}`, token]) {
        const answer = await ask({ Authorization });
        assert.equal(answer.status, 403, Authorization);
        assert.equal(problem(answer).type, '/problems/forbidden');
      }
    });

    test('through a proxy by where its client is, not by where it is itself', async () => {
      const through = async (sent: string) => (await ask({ 'X-Forwarded-For': sent }, here.stranger(behind))).status;
      assert.equal(await through('203.0.113.7'), 403);
      assert.equal(await through('127.0.0.1, 203.0.113.7'), 403);
      assert.equal(await through('203.0.113.7, 127.0.0.1'), 200);
      assert.equal(await through('::1'), 200);
    });

    test('by nobody of whom the proxy does not say where he is', async () => {
      const silent = here.stranger(behind);
      assert.equal((await ask(direct, silent)).status, 403);
      assert.equal((await ask({ 'X-Forwarded-For': 'nonsense' }, silent)).status, 403);
      // Nor through a proxy that the server was not told of.
      assert.equal((await ask({ 'X-Forwarded-For': '127.0.0.1' })).status, 403);
    });
  });

  async function version(): Promise<string> {
    const labels = (await figures()).series.get('tracetrack_build_info')?.samples[0]?.labels;
    return labels?.['version'] ?? '';
  }

  describe('count', () => {
    /** What has been counted between now and then. */
    async function counted(
      deed: () => Promise<unknown>,
    ): Promise<(name: string, labels?: Record<string, string>) => number> {
      const earlier = await figures();
      await deed();
      const later = await figures();
      return (name, labels) => later.value(name, labels) - earlier.value(name, labels);
    }

    test('each request by its route and class of status, and how long it took', async () => {
      const api = await here.as('dev');
      const more = await counted(async () => {
        for (let i = 0; i < 7; i++) await api.call('GET', '/api/areas');
        for (let i = 0; i < 3; i++) await api.call('GET', '/api/users');
        for (let i = 0; i < 2; i++) await api.call('GET', '/api/nowhere');
        await raw(api, { method: 'HEAD', path: '/health' });
      });
      const requests = (route: string, status: string) => more('tracetrack_requests_total', { route, status });
      assert.equal(requests('GET /api/areas', '2xx'), 7);
      assert.equal(requests('GET /api/areas', '4xx'), 0);
      assert.equal(requests('GET /api/users', '4xx'), 3);
      assert.equal(requests('none', '4xx'), 2);
      assert.equal(requests('GET /health', '2xx'), 1);
      assert.equal(requests('GET /metrics', '2xx'), 1);
      assert.equal(more('tracetrack_request_seconds_count', { route: 'GET /api/areas' }), 7);
      assert.equal(more('tracetrack_request_seconds_bucket', { route: 'GET /api/areas', le: '+Inf' }), 7);
      assert.ok(more('tracetrack_request_seconds_sum', { route: 'GET /api/areas' }) > 0);
      assert.equal(more('tracetrack_failed_requests_total', { fault: 'forbidden' }), 3);
      assert.equal(more('tracetrack_failed_requests_total', { fault: 'not_found' }), 2);
    });

    test('each scan of a batch, what its lane makes of it, and how long it waits', async () => {
      const api = await here.as('dev');
      const parent = parentOf(20);
      const scans = children(5).map((code) => ({ id: uuid7(), parent, child: code }));
      const more = await counted(() => api.scans.batch(scans));
      assert.equal(more('tracetrack_requests_total', { route: 'POST /api/scans/batch', status: '2xx' }), 1);
      assert.equal(more('tracetrack_batch_size_sum', { queue: 'link' }), 5);
      assert.equal(more('tracetrack_queue_seconds_count', { queue: 'link' }), 5);
      const batches = more('tracetrack_batch_size_count', { queue: 'link' });
      assert.ok(batches >= 1 && batches <= 5);
      assert.equal((await figures()).value('tracetrack_queue_length', { queue: 'link' }), 0);
    });

    test('the calls that a worker has run', async () => {
      const api = await here.as('dev');
      const more = await counted(async () => {
        for (let i = 0; i < 4; i++) await api.call('GET', '/api/areas');
      });
      assert.equal(more('tracetrack_queue_seconds_count', { queue: 'worker' }), 4);
    });

    test('those who are sent away because they ask too often', async () => {
      const eager = here.stranger(behind, '10.9.8.7');
      let refusals = 0;
      for (let i = 0; i < 120; i++) refusals += Number((await eager.call('POST', '/api/session', {})).status === 429);
      assert.ok(refusals > 0);
      const answer = await ask({ Authorization: `Bearer ${token}` }, here.stranger(behind));
      const there = new Figures(answer.body.toString());
      assert.equal(there.value('tracetrack_rate_limited_total', { class: 'sign_in' }), refusals);
      assert.equal(there.value('tracetrack_failed_requests_total', { fault: 'too_often' }), refusals);
    });

    test('open connections and streams', async () => {
      const api = await here.signIn('dev');
      const before = await figures();
      assert.ok(before.value('tracetrack_connections') >= 1);
      assert.equal(before.value('tracetrack_streams'), 0);
      const stop = new AbortController();
      await api.send('GET', '/api/stats/stream', undefined, { signal: stop.signal });
      assert.equal((await figures()).value('tracetrack_streams'), 1);
      await fine(api, 'DELETE', '/api/session');
      stop.abort();
      assert.ok(await within(5000, async () => (await figures()).value('tracetrack_streams') === 0));
    });

    test('the process, and PostgreSQL with its sessions and jobs', async () => {
      const workers = async () => (await figures()).value('tracetrack_postgres_sessions', { use: 'worker' });
      assert.ok(await within(10_000, async () => (await workers()) >= 1));
      const now = await figures();
      const known = [
        'process_resident_memory_bytes',
        'process_cpu_seconds_total',
        'process_open_fds',
        'process_start_time_seconds',
        'tracetrack_postgres_database_bytes',
        'tracetrack_postgres_wal_bytes_total',
        'tracetrack_postgres_cache_hits_total',
        'tracetrack_postgres_sessions_max',
      ];
      for (const name of known) assert.ok(now.value(name) > 0, name);
      assert.equal(now.value('tracetrack_postgres_up'), 1);
      assert.ok(now.value('tracetrack_postgres_sessions_used') <= now.value('tracetrack_postgres_sessions_max'));
      assert.equal(now.find('tracetrack_postgres_replication_lag_bytes'), undefined);
      for (const state of ['queued', 'running', 'done', 'parked'])
        assert.ok(now.find('tracetrack_jobs', { state }) !== undefined, state);
    });

    test('and ask PostgreSQL no more than once in 5 s', async () => {
      const began = Date.now();
      const more = await counted(async () => {
        for (let i = 0; i < 20; i++) await figures();
      });
      const turns = Math.floor((Date.now() - began) / 5000) + 1;
      assert.ok(more('tracetrack_queue_seconds_count', { queue: 'metrics' }) <= turns);
      assert.equal(more('tracetrack_requests_total', { route: 'GET /metrics', status: '2xx' }), 21);
    });

    test('only series that are described', async () => {
      const described = [...readFileSync('docs/METRICS.md', 'utf8').matchAll(/^\| `(\w+)` \| (\w+) \|/gm)];
      const told = [...(await figures()).series.values()].map(({ name, type }) => `${name} ${type}`);
      assert.deepEqual(
        told,
        described.map(([, name, type]) => `${name} ${type}`),
      );
    });
  });

  describe('every answer', () => {
    /** Milliseconds by name. */
    function timing(header: string | null | undefined): Record<string, number> {
      const match = /^queue;dur=(\d+\.\d\d), db;dur=(\d+\.\d\d), total;dur=(\d+\.\d\d)$/.exec(header ?? '');
      assert.ok(match !== null, header ?? 'no Server-Timing');
      return { queue: Number(match[1]), db: Number(match[2]), total: Number(match[3]) };
    }

    test('says how long it has waited for a thread and for PostgreSQL', async () => {
      const api = await here.as('dev');
      for (const path of ['/api/areas', '/api/bag/SB00001', '/api/stats']) {
        const { queue = 0, db = 0, total = 0 } = timing((await api.call('GET', path)).headers.get('Server-Timing'));
        assert.ok(db > 0 && queue + db <= total + 0.02, `${path}: ${queue} ${db} ${total}`);
      }
    });

    test('of a loop itself has waited for neither', async () => {
      const { queue, db } = timing((await raw(stranger, { method: 'GET', path: '/health' })).headers['server-timing']);
      assert.deepEqual([queue, db], [0, 0]);
      timing((await raw(stranger, { method: 'GET', path: '/api/nowhere' })).headers['server-timing']);
    });
  });

  describe('to administrators', () => {
    interface Pool {
      level: string;
      threshold: number | null;
      percent: number;
      sessions: number;
      sessions_max: number;
      uses: { use: string; sessions: number }[];
    }

    test('the pool is as full as its sessions', async () => {
      const pool = await fine<Pool>(await here.as('ada'), 'GET', '/api/pool_health');
      const counted = pool.uses.reduce((sum, { sessions }) => sum + sessions, 0);
      assert.equal(counted, pool.sessions);
      assert.equal(pool.percent, Math.floor((100 * pool.sessions) / pool.sessions_max));
      assert.deepEqual([pool.level, pool.threshold], ['ok', null]);
      assert.ok(pool.uses.some(({ use, sessions }) => use === 'worker' && sessions >= 1));
    });

    test('the pool is a warning from 70 % on, and critical from 85 %', async () => {
      const admin = await here.as('ada');
      const holders: ChildProcess[] = [];
      const read = () => fine<Pool>(admin, 'GET', '/api/pool_health');
      try {
        const { sessions_max: most } = await read();
        for (const [percent, level] of [
          [70, 'warning'],
          [85, 'critical'],
          [95, 'critical'],
        ] as const) {
          const wanted = Math.ceil((most * percent) / 100);
          for (let { sessions } = await read(); sessions < wanted; sessions++) holders.push(hold(server));
          assert.ok(await within(20_000, async () => (await read()).sessions >= wanted));
          const pool = await read();
          assert.deepEqual([pool.level, pool.threshold], [level, percent], JSON.stringify(pool));
        }
      } finally {
        for (const holder of holders) holder.kill();
      }
      assert.ok(await within(20_000, async () => (await read()).level === 'ok'));
    });

    interface System {
      uptime_seconds: number;
      errors_last_hour: number;
      schema: { version: number; checksum: string };
      disk: { total_bytes: number; free_bytes: number };
      database: { bytes: number; tables: { name: string; bytes: number }[] };
      wal: { position: string; kept_bytes: number | null };
      replication: { standbys: number; lag_bytes: number | null };
      oldest_transaction_ms: number | null;
    }

    test('the system tells of its schema, disk, tables and WAL', async () => {
      const state = await fine<System>(await here.as('ada'), 'GET', '/api/system_health');
      const [[version = '', bytes = ''] = []] = await sql(
        server,
        `SELECT max(version), pg_database_size('tracetrack') FROM schema_migration`,
      );
      assert.equal(state.schema.version, Number(version));
      assert.match(state.schema.checksum, /^[0-9a-f]{64}$/);
      assert.ok(Math.abs(state.database.bytes - Number(bytes)) < 4 << 20);
      assert.ok(state.disk.free_bytes > 0 && state.disk.free_bytes <= state.disk.total_bytes);
      assert.ok(state.database.tables.length === 10 && state.database.tables.every((table) => table.bytes > 0));
      assert.match(state.wal.position, /^[0-9A-F]+\/[0-9A-F]+$/);
      assert.ok((state.wal.kept_bytes ?? 0) > 0);
      assert.deepEqual([state.replication.standbys, state.replication.lag_bytes], [0, null]);
    });

    test('what the serving role may not see is null', async () => {
      const admin = await here.as('ada');
      const read = () => fine<System>(admin, 'GET', '/api/system_health');
      await sql(server, 'REVOKE pg_monitor FROM tracetrack_serve');
      try {
        assert.equal((await read()).wal.kept_bytes, null);
      } finally {
        await sql(server, 'GRANT pg_monitor TO tracetrack_serve');
      }
      assert.ok(((await read()).wal.kept_bytes ?? 0) > 0);
    });

    test('a transaction that stays open shows by its age', async () => {
      const admin = await here.as('ada');
      const open = hold(server, 'BEGIN; SELECT 1;');
      const age = async () => (await fine<System>(admin, 'GET', '/api/system_health')).oldest_transaction_ms ?? 0;
      try {
        assert.ok(await within(20_000, async () => (await age()) >= 300));
      } finally {
        open.kill();
      }
    });

    interface Slow {
      items: { name: string; calls: number; total_ms: number; mean_ms: number; max_ms: number; last_at: string }[];
    }

    test('a statement that takes 100 ms is named', async () => {
      const admin = await here.as('ada');
      const slow = async () => (await fine<Slow>(admin, 'GET', '/api/slow_queries')).items;
      const name = 'area_list';
      assert.equal(
        (await slow()).find((each) => each.name === name),
        undefined,
      );
      for (let i = 0; i < 2; i++) await whileLocked(() => fine(admin, 'GET', '/api/areas'));
      const found = (await slow()).find((each) => each.name === name);
      assert.ok(found !== undefined, JSON.stringify(await slow()));
      assert.equal(found.calls, 2);
      assert.ok(found.max_ms >= 100 && found.max_ms <= found.total_ms && found.mean_ms <= found.max_ms);
      assert.ok(Math.abs(Date.parse(found.last_at) - Date.now()) < 60_000);
      assert.ok((await figures()).value('tracetrack_slow_statements_total') >= 2);
    });
  });

  describe('when PostgreSQL is away', () => {
    test('are told without what it would say', async () => {
      await sql(
        server,
        `ALTER ROLE tracetrack_serve NOLOGIN; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tracetrack_serve'`,
      );
      try {
        assert.ok(await within(30_000, async () => (await figures()).value('tracetrack_postgres_up') === 0));
        const now = await figures();
        assert.equal(now.find('tracetrack_postgres_sessions_used'), undefined);
        assert.ok(now.value('tracetrack_requests_total', { route: 'GET /metrics', status: '2xx' }) > 0);
      } finally {
        await sql(server, 'ALTER ROLE tracetrack_serve LOGIN');
      }
      assert.ok(await within(30_000, async () => (await figures()).value('tracetrack_postgres_up') === 1));
    });
  });
});
