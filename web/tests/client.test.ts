import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, ApiProblem, Unreachable } from '../src/api';
import { SseParser } from '../src/api/sse';

interface Asked {
  url: string;
  init: RequestInit;
}

/** An Api whose server gives these answers, and what was asked of it. */
function talk(...answers: Response[]): { api: Api; asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch = async (url: unknown, init?: RequestInit) => {
    asked.push({ url: String(url), init: init ?? {} });
    const answer = answers.shift();
    if (answer === undefined) throw new TypeError('fetch failed');
    return answer;
  };
  return { api: new Api({ base: 'http://server.test', fetch: fetch as typeof globalThis.fetch }), asked };
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type, ...headers } });
}

const problem = (status: number, slug: string, more: object = {}) =>
  json(status, { type: `/problems/${slug}`, title: slug, status, ...more });
const parent = { qr: 'SB12345', child_count: 3, capacity: 30, status: 'in_progress', family: 'mustard' };

test('signing in keeps the cookie and the token for the calls after it', async () => {
  const body = {
    user: { id: 1, username: 'asha', role: 'admin', area: null },
    csrf: 'token',
    idle_seconds: 1800,
    absolute_seconds: 3600,
  };
  const { api, asked } = talk(json(200, body, { 'Set-Cookie': 'session=abc; Path=/; HttpOnly' }), json(201, {}));
  await api.session.signIn({ username: 'asha', password: 'x' });
  await api.bills.create({ code: 'B-1', capacity: 2 });
  const headers = asked[1]?.init.headers as Record<string, string>;
  assert.equal(headers['X-CSRFToken'], 'token');
  assert.equal(headers['Cookie'], 'session=abc');
});

test('a refused scan is an answer', async () => {
  const { api } = talk(problem(409, 'elsewhere', { verdict: 'elsewhere', parent, where: 'SB12001' }));
  const answer = await api.scans.add({ id: 'x', parent: 'SB12345', child: 'KID1' });
  assert.deepEqual(answer, { status: 409, verdict: 'elsewhere', parent, child: 'KID1', where: 'SB12001' });
});

test('a linked scan says how full the parent is', async () => {
  const { api } = talk(json(201, { id: 'x', verdict: 'linked', parent, child: 'KID1' }));
  assert.equal((await api.scans.add({ id: 'x', parent: 'SB12345', child: 'KID1' })).parent?.child_count, 3);
});

test('a stranger’s answers are no answers', async () => {
  const portal = () =>
    new Response('<h1>Welcome to the hotel</h1>', { status: 200, headers: { 'Content-Type': 'text/html' } });
  const odd = json(200, { hello: 'world' });
  const { api } = talk(portal(), portal(), new Response('bad gateway', { status: 502 }), odd);
  const scan = { id: 'x', parent: 'SB12345', child: 'KID1' };
  await assert.rejects(api.stats.get(), Unreachable);
  for (let i = 0; i < 4; i++) await assert.rejects(api.scans.add(scan), Unreachable);
});

test('problems carry their fields, their slug and when to come back', async () => {
  const errors = [{ field: 'code', message: 'This code is taken.' }];
  const { api } = talk(
    json(422, { type: '/problems/invalid', title: 'Not valid', status: 422, errors }, { 'Retry-After': '7' }),
  );
  const error = await api.bills.create({ code: 'B-1', capacity: 1 }).catch((caught: unknown) => caught);
  assert.ok(error instanceof ApiProblem);
  assert.deepEqual(
    [error.status, error.slug, error.field('code'), error.field('other'), error.retryAfter],
    [422, 'invalid', 'This code is taken.', '', 7],
  );
});

test('being signed out is told once to whoever listens', async () => {
  const { api } = talk(problem(401, 'signed_out'), problem(401, 'bad_credentials'));
  let told = 0;
  api.onSignedOut = () => told++;
  await assert.rejects(api.stats.get(), ApiProblem);
  await assert.rejects(api.session.signIn({ username: 'a', password: 'b' }), ApiProblem);
  assert.equal(told, 1);
});

test('what a 403 is about is told to whoever listens', async () => {
  const { api } = talk(problem(403, 'two_factor_required'), problem(401, 'signed_out'), problem(409, 'refused'));
  const told: string[] = [];
  api.onForbidden = (slug) => told.push(slug);
  for (let i = 0; i < 3; i++) await assert.rejects(api.stats.get(), ApiProblem);
  assert.deepEqual(told, ['two_factor_required']);
});

test('call() gives any answer as it is', async () => {
  const { api, asked } = talk(new Response('<svg/>', { status: 404, headers: { 'Content-Type': 'text/plain' } }));
  const reply = await api.call('GET', '/nowhere');
  assert.deepEqual([reply.status, reply.body, asked[0]?.url], [404, '<svg/>', 'http://server.test/nowhere']);
});

test('codes with odd characters stay one path segment', async () => {
  const { api, asked } = talk(json(200, {}), json(200, {}));
  await api.bags.get('A/B ?');
  await api.bags.list({ kind: 'parent', q: '', cursor: null, limit: 5 });
  assert.deepEqual(
    asked.map(({ url }) => url),
    ['http://server.test/api/bag/A%2FB%20%3F', 'http://server.test/api/bags?kind=parent&limit=5'],
  );
});

test('events are found however the stream was cut', () => {
  const text = ': hello\n\nevent: stats\ndata: {"a":\ndata: 1}\n\nevent: stats\ndata: 2\n\n';
  const parser = new SseParser();
  const found = [...text].flatMap((char) => parser.push(char));
  assert.deepEqual(found, [
    { event: 'stats', data: '{"a":\n1}' },
    { event: 'stats', data: '2' },
  ]);
});
