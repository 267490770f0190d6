/**
 * Killed in the middle of a storm: what was acknowledged is there afterwards, and the figures agree.
 *
 * ROUNDS=n (20), SEED=n. A scan that was not acknowledged may be there or not; its totals go with it.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { dice, differences, pause, passArgs, seedOfThisRun, signIn, sql, stormRun, type Pass } from './support/tools';
import { adminPassword, Victim } from './support/victim';

const rounds = Number(process.env['ROUNDS'] ?? 20);
const seed = seedOfThisRun();
const roll = dice(seed);

const kinds = [
  { name: 'the server', kill: (victim: Victim) => victim.killServer() },
  {
    name: 'PostgreSQL, then the server',
    kill: async (victim: Victim) => (await victim.killPostgres(), await pause(100), await victim.killServer()),
  },
  { name: 'both at once', kill: (victim: Victim) => Promise.all([victim.killServer(), victim.killPostgres()]) },
];

/** Scans of the ledger that are not in the books as they were acknowledged. */
async function missing(database: string, ledger: string): Promise<number> {
  return Number(
    await sql(
      database,
      'SET enable_nestloop = off', // nobody has analysed these tables
      'CREATE TEMPORARY TABLE ledger (id uuid, parent text, child text)',
      `\\copy ledger FROM '${ledger}'`,
      `SELECT count(*)
         FROM ledger l
         LEFT JOIN scan s ON s.id = l.id AND s.verdict = 'linked'
         LEFT JOIN bag c ON c.code = l.child AND c.id = s.child_id
         LEFT JOIN bag p ON p.id = c.parent_id AND p.id = s.parent_id
        WHERE p.code IS DISTINCT FROM l.parent`,
    ),
  );
}

describe(`killed in the middle of a storm (SEED=${seed})`, () => {
  const victim = new Victim();
  let pass: Pass;
  let acknowledged = 0;

  before(async () => {
    await victim.start();
    pass = await signIn(victim.port, 'admin', adminPassword);
  });
  after(() => victim.remove());
  process.once('exit', () => victim.remove());

  for (let round = 1; round <= rounds; round++) {
    const kind = kinds[(round - 1) % kinds.length]!;

    test(`round ${round}: ${kind.name}`, async () => {
      const ledger = join(victim.folder, `ledger-${round}`);
      const storm = stormRun(
        'scans',
        [victim.port],
        [
          ...passArgs(pass),
          '--connections',
          32,
          '--seconds',
          30,
          '--may-break',
          '--ledger',
          ledger,
          '--first',
          round * 1_000_000,
        ],
      );

      await pause(300 + roll() * 700);
      await kind.kill(victim);
      const { code, err } = await storm;
      assert.equal(code, 0, err);
      assert.ok(existsSync(ledger), 'nothing was acknowledged');

      await victim.start();
      acknowledged += readFileSync(ledger, 'utf8').split('\n').length - 1;
      assert.equal(await missing(victim.database, ledger), 0, 'acknowledged, and lost');
      assert.equal(await differences(victim.database), '');
    });
  }

  test('a scan that never was is missed', async () => {
    const ledger = join(victim.folder, 'ledger-of-none');
    writeFileSync(ledger, '01900000-0000-7000-8000-000000000000\tP1000000-30\tK0001000000\n');
    assert.equal(await missing(victim.database, ledger), 1);
  });

  test('scans were acknowledged all along', () => {
    assert.ok(acknowledged > rounds * 20, `${acknowledged} scans in ${rounds} rounds`);
  });
});
