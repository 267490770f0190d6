import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api, uuid7 } from '../src/api';
import { IndexedStore } from '../src/outbox/indexed';
import { MemoryStore } from '../src/outbox/memory';
import { flush, together } from '../src/outbox/order';
import { Outbox } from '../src/outbox/outbox';
import { backOff, fromBatch } from '../src/outbox/policy';
import type { Answer, Outcome, Scan, Send, Store } from '../src/outbox/scan';
import { wire } from '../src/outbox/wire';

const scan = (code: string, more: Partial<Scan> = {}): Scan => ({
  id: uuid7(),
  kind: 'pack',
  into: 'SB12345',
  code,
  user: 'asha',
  at: '2026-11-21T06:00:00Z',
  ...more,
});

const linked: Outcome = { status: 201, verdict: 'linked' };
const elsewhere: Outcome = { status: 409, verdict: 'elsewhere', where: 'SB12001' };
const all =
  (outcome: Outcome): Send =>
  async (scans) => ({ kind: 'verdicts', of: new Map(scans.map(({ id }) => [id, outcome])) });
const ignore = () => undefined;

let names = 0;
const stores: Record<string, () => Promise<Store>> = {
  memory: async () => new MemoryStore(),
  indexed: () => IndexedStore.open(`test-${names++}`),
};

for (const [name, make] of Object.entries(stores)) {
  test(`${name}: scans leave in the order they were made, on a verdict each`, async () => {
    const store = await make();
    for (let i = 0; i < 5; i++) await store.add(scan(`KID${i}`));
    const sent: string[][] = [];
    const send: Send = async (scans) => {
      sent.push(scans.map(({ code }) => code));
      return all(linked)(scans);
    };
    assert.deepEqual(await flush(store, send, 'asha', ignore, 2), { why: 'empty' });
    assert.deepEqual(sent, [['KID0', 'KID1'], ['KID2', 'KID3'], ['KID4']]);
    assert.deepEqual(await store.counts('asha'), { waiting: 0, others: 0 });
  });

  test(`${name}: refused scans stay until someone dismisses them`, async () => {
    const store = await make();
    const one = scan('KID1');
    await store.add(one);
    await flush(store, all(elsewhere), 'asha', ignore);
    assert.deepEqual(await store.refused('asha'), [{ scan: one, outcome: elsewhere }]);
    assert.deepEqual(await store.counts('asha'), { waiting: 0, others: 0 });
    await store.dismiss(one.id);
    assert.deepEqual(await store.refused('asha'), []);
  });

  test(`${name}: a waiting scan cannot be dismissed`, async () => {
    const store = await make();
    const one = scan('KID1');
    await store.add(one);
    await store.dismiss(one.id);
    assert.equal((await store.counts('asha')).waiting, 1);
  });

  test(`${name}: nobody’s scans are sent as somebody else’s`, async () => {
    const store = await make();
    await store.add(scan('KID1', { user: 'ravi' }));
    await store.add(scan('KID2'));
    const sent: string[] = [];
    await flush(
      store,
      async (scans) => (sent.push(...scans.map(({ code }) => code)), all(linked)(scans)),
      'asha',
      ignore,
    );
    assert.deepEqual(sent, ['KID2']);
    assert.deepEqual(await store.counts('asha'), { waiting: 0, others: 1 });
  });
}

test('scans outlive the page', async () => {
  const before = await IndexedStore.open('restart');
  await before.add(scan('KID1'));
  const after = await IndexedStore.open('restart');
  assert.deepEqual(
    (await after.oldest('asha', 10)).map(({ code }) => code),
    ['KID1'],
  );
});

const hopeless: Record<string, () => Response> = {
  'no network': () => {
    throw new TypeError('fetch failed');
  },
  'a captive portal': () => new Response('<html>', { status: 200, headers: { 'Content-Type': 'text/html' } }),
  'a JSON 200 without a verdict': () => answer(200, { ok: true }),
  'a 200 that says refused': () => answer(200, { verdict: 'elsewhere' }),
  'an empty 201': () => new Response(null, { status: 201 }),
  'a 500 of ours': () => problem(500, 'internal'),
  'a 503 of ours': () => problem(503, 'overloaded'),
  'a 502 of a proxy': () => new Response('bad gateway', { status: 502 }),
  'a 404 of a proxy': () => new Response('not found', { status: 404 }),
  'a redirect': () => new Response(null, { status: 302, headers: { Location: '/login' } }),
  'too many requests': () => problem(429, 'slow_down'),
  'a signed-out session': () => problem(401, 'signed_out'),
};

for (const [name, reply] of Object.entries(hopeless)) {
  for (const count of [1, 3]) {
    test(`${name} keeps ${count} scan${count > 1 ? 's' : ''}`, async () => {
      const store = new MemoryStore();
      const scans = Array.from({ length: count }, (_, i) => scan(`KID${i}`));
      for (const one of scans) await store.add(one);
      const stop = await flush(store, wire(apiThatAnswers(reply)), 'asha', () => assert.fail('nothing was settled'));
      assert.notEqual(stop.why, 'empty');
      assert.deepEqual(await store.oldest('asha', 10), scans);
    });
  }
}

test('a batch settles only the scans it names', async () => {
  const scans = [scan('KID1'), scan('KID2'), scan('KID3')];
  const of = fromBatch(scans, [
    { id: scans[0]?.id ?? '', status: 201, verdict: 'linked' },
    { id: 'a stranger', status: 201, verdict: 'linked' },
    { id: scans[2]?.id ?? '', status: 200, verdict: 'nonsense' as 'linked' },
  ]);
  assert.deepEqual(of, { kind: 'verdicts', of: new Map([[scans[0]?.id, linked]]) });
  const store = new MemoryStore();
  for (const one of scans) await store.add(one);
  let calls = 0;
  const stop = await flush(store, async () => (calls++, of), 'asha', ignore);
  assert.deepEqual([stop.why, calls, (await store.counts('asha')).waiting], ['unreachable', 1, 2]);
});

test('a batch our server cannot read is sent one by one, so that one bad scan blocks no other', async () => {
  const store = new MemoryStore();
  for (const code of ['KID1', 'BAD', 'KID3']) await store.add(scan(code));
  const api = apiThatAnswers((path, body) => {
    if (path.endsWith('/batch')) return problem(400, 'malformed');
    const { child } = body as { child: string };
    return child === 'BAD' ? problem(422, 'malformed') : answer(201, { verdict: 'linked', parent: null, child });
  });
  assert.equal((await flush(store, wire(api), 'asha', ignore)).why, 'empty');
  assert.deepEqual(
    (await store.refused('asha')).map((refused) => refused.scan.code),
    ['BAD'],
  );
});

test('in a batch, a fault that may pass keeps its scan and a final one puts it in the tray', async () => {
  const store = new MemoryStore();
  const scans = [scan('KID1'), scan('KID2')];
  for (const one of scans) await store.add(one);
  const [first, second] = scans;
  const results = [
    { id: first?.id, status: 503, verdict: null },
    { id: second?.id, status: 422, verdict: null },
  ];
  const stop = await flush(store, wire(apiThatAnswers(() => answer(200, { results }))), 'asha', ignore);
  assert.equal(stop.why, 'unreachable');
  assert.deepEqual(await store.oldest('asha', 9), [first]);
  assert.deepEqual(
    (await store.refused('asha')).map((refused) => refused.scan),
    [second],
  );
});

test('children travel together, bills alone and in their turn', () => {
  const kinds = ['pack', 'pack', 'bill', 'pack'] as const;
  const scans = kinds.map((kind, i) => scan(`KID${i}`, { kind }));
  assert.equal(together(scans).length, 2);
  assert.equal(together(scans.slice(2)).length, 1);
  assert.equal(together([]).length, 0);
});

test('a token from another tab is renewed, and another person’s session is not used', async () => {
  const tried: string[] = [];
  const make = (id: string) =>
    apiThatAnswers((path) => {
      tried.push(path);
      if (path === '/api/session') return answer(200, { user: { id }, csrf: 'new' });
      return tried.filter((earlier) => earlier === '/api/scans').length === 1
        ? problem(403, 'forbidden')
        : answer(201, { verdict: 'linked', child: 'KID1' });
    });
  assert.equal((await wire(make('asha'))([scan('KID1')])).kind, 'verdicts');
  tried.length = 0;
  assert.equal((await wire(make('ravi'))([scan('KID1')])).kind, 'signed_out');
});

test('the outbox keeps scans through a signed-out session and sends them after it', async () => {
  const store = new MemoryStore();
  let reply: Answer = { kind: 'signed_out' };
  const box = new Outbox(store, async (scans) => (reply.kind === 'verdicts' ? all(linked)(scans) : reply));
  await box.setUser('asha');
  await box.add(scan('KID1'));
  await settled();
  assert.deepEqual([box.state.line, box.state.waiting], ['signed_out', 1]);
  await box.setUser(null);
  assert.equal(box.state.waiting, 1, 'in sight while signed out');
  await box.add(scan('KID2'));
  reply = { kind: 'verdicts', of: new Map() };
  await box.setUser('asha');
  await settled();
  assert.deepEqual([box.state.line, box.state.waiting], ['online', 0]);
  box.close();
});

test('scans made while others are on their way follow at once, together', async () => {
  const sizes: number[] = [];
  const send: Send = async (scans) => {
    sizes.push(scans.length);
    await settled();
    return all(linked)(scans);
  };
  const box = new Outbox(new MemoryStore(), send);
  await box.setUser('asha');
  await box.add(scan('KID0'));
  for (let i = 1; i < 6; i++) await box.add(scan(`KID${i}`));
  await settled(80);
  assert.deepEqual(sizes, [1, 5]);
  box.close();
});

test('a device that stops keeping things falls back to memory and says so', async () => {
  const broken = new MemoryStore();
  broken.add = async () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  const box = new Outbox(broken, async () => ({ kind: 'unreachable' }));
  await box.setUser('asha');
  await box.add(scan('KID1'));
  await settled();
  assert.deepEqual([box.state.fragile, box.state.waiting, box.state.line], [true, 1, 'offline']);
  box.close();
});

test('attempts come quickly at first and never further apart than half a minute', () => {
  assert.ok(backOff(0) <= 1_000);
  assert.ok(backOff(100) <= 30_000 && backOff(100) >= 15_000);
});

const settled = (milliseconds = 20) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function answer(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json' },
  });
}

function problem(status: number, slug: string): Response {
  return answer(status, { type: `/problems/${slug}`, title: slug, status });
}

function apiThatAnswers(reply: (path: string, body: unknown) => Response): Api {
  const fetch = async (url: unknown, init?: RequestInit) =>
    reply(String(url), init?.body == null ? null : JSON.parse(String(init.body)));
  return new Api({ fetch: fetch as typeof globalThis.fetch });
}
