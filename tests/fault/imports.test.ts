/**
 * An import that is killed again and again finishes by itself, as one that nobody disturbs; and imports that race each
 * other and live scans put no child into two parents. IMPORT_ROWS=n (12,000), KILLS=n (3), SEED=n.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Api, ImportsApi, uuid7, type Import } from '../../web/src/api';
import { Pair } from '../api/support/pair';
import { dice, differences, pause, seedOfThisRun, sql } from './support/tools';
import { adminPassword, Victim } from './support/victim';
import { fileOf } from '../api/support/files';

const rows = Number(process.env['IMPORT_ROWS'] ?? 12_000);
const kills = Number(process.env['KILLS'] ?? 3);
const seed = seedOfThisRun();

const name = (letter: string, n: number) => `${letter}${String(n).padStart(7, '0')}`;

/** Groups of 20 children and a parent for 19: each group has one child too many, and one row of nonsense. */
function groups(letter: string, count: number): string {
  const lines = ['Sr. No.,QR Code'];
  for (let group = 0; group < count / 22; group++) {
    for (let i = 0; i < 20; i++) lines.push(`${i + 1},${name(letter, 20 * group + i)}`);
    lines.push('21,no code!', `Parent,P${group + 1}-19`);
  }
  return `${lines.join('\n')}\n`;
}

const file = (text: string) => fileOf(text, 'many.csv');

async function signedIn(port: number): Promise<ImportsApi> {
  const api = new Api({ base: `http://127.0.0.1:${port}`, timeout: 60_000 });
  await api.session.signIn({ username: 'admin', password: adminPassword });
  return new ImportsApi(api);
}

async function ended(imports: ImportsApi, id: number): Promise<Import> {
  for (;;) {
    const one = await imports.get(id);
    if (one.ended_at !== null) return one;
    await pause(50);
  }
}

test(`an import of ${rows} rows, killed ${kills} times (SEED=${seed})`, async () => {
  const roll = dice(seed);
  const victim = new Victim();
  process.once('exit', () => victim.remove());

  try {
    await victim.start();
    const { id } = await (await signedIn(victim.port)).start('children', [file(groups('K', rows))]);
    for (let i = 0; i < kills; i++) {
      await pause(100 + roll() * 400);
      if (i % 2 === 1) await Promise.all([victim.killPostgres(), victim.killServer()]);
      else await victim.killServer();
      await victim.start();
      // What the dead server had of its lease is not waited for.
      await sql(victim.database, `UPDATE job SET due_at = now() WHERE kind = 'import' AND state = 'running'`);
    }
    const whole = await ended(await signedIn(victim.port), id);
    const made = Math.ceil(rows / 22);

    assert.deepEqual(
      [whole.status, whole.rows, whole.done, whole.created, whole.linked, whole.skipped, whole.errors],
      ['done', 1 + 22 * made, 1 + 22 * made, 20 * made, 19 * made, 1, 2 * made],
    );
    assert.equal(
      await sql(
        victim.database,
        `SELECT count(*), count(DISTINCT n), min(n), max(n), count(*) FILTER (WHERE outcome = 'linked'),
                count(*) FILTER (WHERE outcome = 'error')
           FROM import_row WHERE import_id = ${id}`,
      ),
      [whole.rows, whole.rows, 1, whole.rows, whole.linked, whole.errors].join('|'),
    );
    assert.equal(
      await sql(victim.database, `SELECT count(*), max(child_count), min(child_count) FROM bag WHERE kind = 'parent'`),
      `${made}|19|19`,
    );
    assert.equal(await sql(victim.database, 'SELECT count(*) FROM import_piece'), '0');
    assert.equal(await differences(victim.database), '');
  } finally {
    victim.remove();
  }
});

describe('imports that race', () => {
  test('each other and live scans of the same children agree about every child', async () => {
    const pair = await Pair.start({ rate_limits: 'off' });

    try {
      const [one, other] = await Promise.all([signedIn(pair.first.port), signedIn(pair.second.port)]);
      const lines = (from: number) =>
        Array.from({ length: 40 }, (_, group) =>
          [
            ...Array.from({ length: 20 }, (_, i) => `${i},${name('R', 20 * group + i)}`),
            `Parent,P${from + group}-30`,
          ].join('\n'),
        ).join('\n');
      const live = new Api({ base: `http://127.0.0.1:${pair.first.port}` });
      await live.session.signIn({ username: 'admin', password: adminPassword });

      const [a, b] = await Promise.all([
        one.start('children', [file(lines(1))]),
        other.start('children', [file(lines(101))]),
      ]);
      for (let i = 0; i < 800; i += 7)
        await live.call('POST', '/api/scans', { id: uuid7(), parent: `P${301 + (i % 50)}-30`, child: name('R', i) });
      await Promise.all([ended(one, a.id), ended(other, b.id)]);

      // A row that says "linked" is where it says; one that was refused is elsewhere, as it says.
      assert.equal(
        await sql(
          pair.first.database,
          `SELECT count(*)
             FROM import_row r
             JOIN bag c ON c.code = r.code AND c.kind = 'child'
             LEFT JOIN bag p ON p.id = c.parent_id
            WHERE (r.outcome = 'linked') <> (p.code IS NOT DISTINCT FROM r.target)
               OR (r.outcome = 'error' AND r.params::json ->> 'parent' IS DISTINCT FROM p.code)`,
        ),
        '0',
      );
      assert.equal(
        await sql(pair.first.database, `SELECT count(*) FROM bag WHERE kind = 'child' AND parent_id IS NULL`),
        '0',
      );
      assert.equal(await differences(pair.first.database), '');
    } finally {
      await pair.stop();
    }
  });
});
