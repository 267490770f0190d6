/**
 * Twenty clients of two servers do all that can be done to few bags, bills and tickets, in a random order
 * that SEED repeats; then every count and weight equals a recount. MIXED=n operations (2,000).
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { uuid7, type Api, type Reply } from '../../web/src/api';
import { random } from '../api/support/codes';
import { Pair } from '../api/support/pair';
import { differences, sql } from './support/tools';

const operations = Number(process.env['MIXED'] ?? 2_000);
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const clients = 20;

const range = (count: number, name: (i: number) => string) => Array.from({ length: count }, (_, i) => name(i));
const parents = range(12, (i) => `P${100 + i}-5`);
const children = range(70, (i) => `MIX${String(i).padStart(4, '0')}`);
const bills = range(6, (i) => `MIXED-${i}`);
const reason = { reason: 'the storm wants it' };

type Pick = <T>(of: readonly T[]) => T;

/** What one client does next; the tickets are those that anybody has opened. */
type Deed = (api: Api, pick: Pick, tickets: string[]) => Promise<Reply>;

/** How often each comes, beside the others. */
const deeds: readonly [weight: number, deed: Deed][] = [
  [30, (api, pick) => api.call('POST', '/api/scans', { id: uuid7(), parent: pick(parents), child: pick(children) })],
  [6, (api, pick) => api.call('POST', '/api/scans/undo', { parent: pick(parents) })],
  [5, (api, pick) => api.call('DELETE', `/api/parents/${pick(parents)}/children/${pick(children)}`, reason)],
  [3, (api, pick) => api.call('POST', `/api/parents/${pick(parents)}/finish`)],
  [3, (api, pick) => api.call('POST', `/api/parents/${pick(parents)}/reopen`, reason)],
  [2, (api, pick) => api.call('PUT', `/api/parents/${pick(parents)}/children`, { children: [pick(children)] })],
  [3, (api, pick) => api.call('POST', '/api/bags', { qr: pick(children) })],
  [3, (api, pick) => api.call('DELETE', `/api/bags/${pick(children)}`)],
  [1, (api, pick) => api.call('DELETE', `/api/bags/${pick(parents)}`)],
  [4, (api, pick) => api.call('POST', '/api/bills', { code: pick(bills), capacity: 3 })],
  [
    14,
    (api, pick) => api.call('POST', `/api/bills/${pick(bills)}/bags`, { id: uuid7(), qr: pick(parents), create: true }),
  ],
  [4, (api, pick) => api.call('DELETE', `/api/bills/${pick(bills)}/bags/${pick(parents)}`)],
  [3, (api, pick) => api.call('POST', `/api/bills/${pick(bills)}/finish`, reason)],
  [3, (api, pick) => api.call('POST', `/api/bills/${pick(bills)}/reopen`, reason)],
  [2, (api, pick) => api.call('PATCH', `/api/bills/${pick(bills)}`, { capacity: pick([2, 3, 4]) })],
  [1, (api, pick) => api.call('DELETE', `/api/bills/${pick(bills)}`)],
  [2, openTicket],
  [
    12,
    (api, pick, tickets) => api.call('POST', `/api/returns/${pick(tickets)}/bags`, { id: uuid7(), qr: pick(parents) }),
  ],
  [4, (api, pick, tickets) => api.call('DELETE', `/api/returns/${pick(tickets)}/bags/${pick(parents)}`)],
  [1, (api, pick, tickets) => api.call('POST', `/api/returns/${pick(tickets)}/commit`)],
  [2, (api, pick, tickets) => api.call('POST', `/api/returns/${pick(tickets)}/cancel`)],
];

/** Only the latest few are chosen from, so that most of them are open. */
async function openTicket(api: Api, _: Pick, tickets: string[]): Promise<Reply> {
  const reply = await api.call<{ code: string }>('POST', '/api/returns', { location: 'Indore' });
  if (reply.status === 201) tickets.push(reply.body.code);
  if (tickets.length > 5) tickets.shift();
  return reply;
}

const lots = deeds.flatMap(([weight, deed]) => Array.from({ length: weight }, () => deed));

/** Done, or refused with a reason; who loses a race too often is asked to come again. */
const isAnswer = (status: number) => status < 300 || [404, 409, 422, 503].includes(status);

describe(`${operations} mixed operations by ${clients} clients (SEED=${seed})`, () => {
  let pair: Pair;

  before(async () => {
    pair = await Pair.start({ rate_limits: 'off' });
  });

  after(() => pair.stop());

  async function play(api: Api, number: number, tickets: string[], counts: Map<number, number>): Promise<void> {
    const next = random(seed + number);
    const pick: Pick = (of) => of[Math.floor(next() * of.length)] as (typeof of)[number];
    for (let i = number; i < operations; i += clients) {
      const reply = await pick(lots)(api, pick, tickets);
      assert.ok(isAnswer(reply.status), `${reply.status} ${JSON.stringify(reply.body)}`);
      counts.set(reply.status, (counts.get(reply.status) ?? 0) + 1);
    }
  }

  test('leave every count and weight as a recount finds it', async () => {
    const ada = await pair.here.as('ada');
    const both = [ada, pair.there(ada)] as const;
    const tickets: string[] = [];
    const counts = new Map<number, number>();
    await openTicket(ada, (of) => of[0] as (typeof of)[number], tickets);
    await Promise.all(range(clients, String).map((_, i) => play(both[i % 2] as Api, i, tickets, counts)));

    const of = (status: number) => counts.get(status) ?? 0;
    assert.ok(of(200) + of(201) + of(204) > operations / 10, `too little was done: ${JSON.stringify([...counts])}`);
    assert.ok(of(503) < operations / 50, `${of(503)} lost their races for good`);
    assert.equal(await differences(pair.first.database), '');
    for (const impossible of [
      "bag WHERE kind = 'parent' AND child_count > capacity",
      'bill WHERE linked > capacity',
      "bill WHERE status = 'completed' AND linked = 0 AND returned = 0",
      "bag p WHERE kind = 'parent' AND child_count <> (SELECT count(*) FROM bag c WHERE c.org_id = p.org_id AND c.parent_id = p.id)",
    ])
      assert.equal(await sql(pair.first.database, `SELECT count(*) FROM ${impossible}`), '0', impossible);
  });
});
