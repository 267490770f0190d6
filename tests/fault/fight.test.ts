/**
 * Sixty-four clients of two servers fight for one place, or for one child: one wins, each loser is
 * told why, and the books never say anything else. FIGHTS=n (1000).
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adminPassword, Server } from '../api/support/server';
import { differences, passArgs, signIn, sql, stormRun } from './support/tools';

const fights = Number(process.env['FIGHTS'] ?? 1000);

test(`${fights} fights through two servers`, async () => {
  const first = await Server.start({ settings: { rate_limits: 'off' } });
  const second = await Server.start({ database: first.database, settings: { rate_limits: 'off' } });

  try {
    const pass = await signIn(first.port, 'admin', adminPassword);
    const { code, out, err } = await stormRun(
      'fight',
      [first.port, second.port],
      [...passArgs(pass), '--connections', 64, '--rounds', fights],
    );

    assert.equal(code, 0, out + err);
    assert.match(out, new RegExp(`rounds=${fights} right=${fights}\n`));
    assert.equal(await differences(first.database), '');
    assert.equal(
      await sql(first.database, "SELECT count(*) FROM bag WHERE kind = 'parent' AND child_count > capacity"),
      '0',
    );
    assert.equal(
      await sql(
        first.database,
        "SELECT count(*) FROM scan WHERE verdict = 'linked' GROUP BY child_id HAVING count(*) > 1 LIMIT 1",
      ),
      '',
    );
  } finally {
    await second.stop();
    await first.stop();
  }
});
