/**
 * The same 500 scans three times, each time in another order: what came of them the first time
 * stands, for good. SEED=n.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { adminPassword, Server } from '../api/support/server';
import { dice, differences, seedOfThisRun, signIn, sql, type Pass } from './support/tools';

const atOnce = 32;

interface Scan {
  id: string;
  parent: string;
  child: string;
}

/** Most are linked; some are too many, some come twice, some are nonsense. */
function makeScans(roll: () => number): Scan[] {
  const code = (n: number): string => `R${String(n).padStart(6, '0')}`;
  return Array.from({ length: 500 }, (_, n) => {
    const parent = `P${1 + Math.floor(roll() * 20)}-${20}`;
    const choice = roll();
    const child =
      choice < 0.02 ? 'no child!' : choice < 0.04 ? 'SB00001' : choice < 0.2 ? code(Math.floor(roll() * n)) : code(n);
    return { id: randomUUID(), parent, child };
  });
}

function shuffled<T>(items: readonly T[], roll: () => number): T[] {
  const order = [...items];
  for (let i = order.length - 1; i > 0; i--) {
    const other = Math.floor(roll() * (i + 1));
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  return order;
}

async function send(port: number, pass: Pass, scan: Scan): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/scans`, {
    method: 'POST',
    headers: {
      cookie: `tracetrack_session=${pass.cookie}`,
      'x-csrftoken': pass.csrf,
      'content-type': 'application/json',
    },
    body: JSON.stringify(scan),
  });
  const { verdict, parent, child, where } = (await response.json()) as Record<string, unknown>;
  return JSON.stringify({ status: response.status, verdict, parent, child, where });
}

/** Scan id -> what was answered. */
async function sendAll(ports: number[], pass: Pass, scans: Scan[]): Promise<Map<string, string>> {
  const answers = new Map<string, string>();
  const waiting = [...scans];
  const sender = async (port: number): Promise<void> => {
    for (let scan = waiting.pop(); scan !== undefined; scan = waiting.pop())
      answers.set(scan.id, await send(port, pass, scan));
  };
  await Promise.all(Array.from({ length: atOnce }, (_, i) => sender(ports[i % ports.length]!)));
  return answers;
}

/** All that a scan could change. */
function books(database: string): Promise<string> {
  return sql(
    database,
    `SELECT (SELECT count(*) FROM scan), (SELECT md5(string_agg(b::text, ',' ORDER BY id)) FROM bag b),
            (SELECT (sum(scans), sum(linked), sum(parents), sum(children), sum(completed)) FROM counter),
            (SELECT (sum(scans), sum(linked), sum(parents_completed)) FROM counter_hour)`,
  );
}

const seed = seedOfThisRun();

test(`500 scans, three times, in any order (SEED=${seed})`, async () => {
  const roll = dice(seed);
  const first = await Server.start({ settings: { rate_limits: 'off' } });
  const second = await Server.start({ database: first.database, settings: { rate_limits: 'off' } });

  try {
    const pass = await signIn(first.port, 'admin', adminPassword);
    const scans = makeScans(roll);
    const ports = [first.port, second.port];
    const answers = await sendAll(ports, pass, shuffled(scans, roll));
    const after = await books(first.database);
    const statuses = [...answers.values()].map((answer) => (JSON.parse(answer) as { status: number }).status);

    assert.equal(answers.size, 500);
    assert.deepEqual([...new Set(statuses)].sort(), [201, 409, 422]);
    for (const time of ['second', 'third']) {
      const again = await sendAll(ports, pass, shuffled(scans, roll));
      for (const scan of scans)
        assert.equal(again.get(scan.id), answers.get(scan.id), `the ${time} time: ${JSON.stringify(scan)}`);
      assert.equal(await books(first.database), after, `the ${time} time changed something`);
    }
    assert.equal(await differences(first.database), '');
  } finally {
    await second.stop();
    await first.stop();
  }
});
