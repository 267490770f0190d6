/**
 * Metrics: who may read them, and that they count what was asked, no more and no less.
 *
 * Two servers on one database, one of them behind a proxy. Nobody else asks them anything.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Api } from '../../web/src/api';
import { Organisation } from './support/organisation';
import { Figures } from './support/prometheus';
import { problem, raw, type RawAnswer } from './support/raw';
import { Server } from './support/server';

const token = 'a token for those who watch';

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
  });
});
