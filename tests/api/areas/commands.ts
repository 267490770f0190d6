/** Commands: what is done on the machine itself, beside a server that runs. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { uuid7, type Import } from '../../../web/src/api';
import { child, counted } from '../support/codes';
import { refused, within } from '../support/expect';
import { password } from '../support/organisation';
import type { Pair } from '../support/pair';
import { run, type Run } from '../support/run';
import { csvRows } from '../support/sheets';
import type { Server } from '../support/server';

/** A command with the data folder of a server that runs. */
function beside(server: Server, words: readonly string[], input = ''): Promise<Run> {
  return run([...words, '--data', join(server.folder, 'data')], { input });
}

export function commands(pair: () => Pair): void {
  describe('beside a running server', () => {
    /** It went well, and had nothing to warn of. */
    async function well(words: readonly string[], input?: string): Promise<string> {
      const { code, said, complaint } = await beside(pair().first, words, input);
      assert.deepEqual([code, complaint], [0, ''], `${words.join(' ')}: ${said}`);
      return said;
    }

    test('people are listed, made, and given another password', async () => {
      const [username, another] = ['maya', 'another long pass phrase'];
      assert.match(await well(['user', 'list']), /\bdev\.first\b/);
      await well(['user', 'add', username, '--role', 'biller'], `${password}\n`);
      const maya = pair().here.stranger();
      await maya.session.signIn({ username, password });
      await refused(maya.stats.get(), 403, 'password_change_required');

      await well(['user', 'reset-password', username], `${another}\n`);
      assert.ok(await within(1_000, async () => (await maya.call('GET', '/api/stats')).status === 401));
      await refused(maya.stats.get(), 401, 'signed_out');
      const { user } = await pair().here.stranger().session.signIn({ username, password: another });
      assert.equal(user.must_change_password, true);
    });

    test('the audit log and the figures are looked through', async () => {
      assert.match(await well(['audit', 'verify']), /seals hold/);
      assert.match(await well(['sync-check']), /Every kept figure/);
    });

    test('nothing is found that would keep the server from running', async () => {
      assert.doesNotMatch(await well(['doctor']), /running|in use/);
    });

    test('files are imported by an administrator, and the exit status tells of refused rows', async () => {
      const [parent, kid] = [counted(3), child()];
      const file = join(pair().first.folder, 'day.csv');
      const words = ['import', 'children', file, '--user', 'ada.first'];
      writeFileSync(file, `1,${kid}\n2,${parent}\n`);
      assert.match(await well(words), /^import \d+: done, 2 rows, 2 made, 1 put in, 0 skipped, 0 refused$/m);
      const told = JSON.parse(await well([...words, '--dry-run', '--json'])) as Import;
      assert.deepEqual([told.status, told.dry_run, told.linked, told.skipped], ['done', true, 0, 1]);

      writeFileSync(file, `1,no code!\n2,${parent}\n`);
      const spoilt = await beside(pair().first, words);
      assert.deepEqual([spoilt.code, spoilt.complaint.includes('1 row was refused')], [65, true]);
      for (const [more, code] of [
        [['import', 'cows', file], 78],
        [['import', 'bags'], 78],
        [['import', 'bags', `${file}.gone`], 78],
        [['import', 'bags', file, '--user', 'dev.first'], 77],
        [['import', 'bags', file, '--user', 'nobody'], 66],
      ] as const)
        assert.equal((await beside(pair().first, more)).code, code, more.join(' '));
    });

    test('a list is exported with its filters, and refused with what is none', async () => {
      const dev = await pair().here.as('dev');
      await dev.scans.batch(['EXPORTED1', 'EXPORTED2'].map((child) => ({ id: uuid7(), parent: 'SB88001', child })));
      const { code, said, complaint } = await beside(pair().first, [
        'export',
        'bags',
        '--q',
        'exported',
        '--kind',
        'child',
      ]);
      assert.deepEqual([code, complaint.trim()], [0, '2 rows.']);
      assert.deepEqual(
        csvRows(said.slice(1)).map(([code_, kind]) => [code_, kind]),
        [
          ['Code', 'Kind'],
          ['EXPORTED1', 'child'],
          ['EXPORTED2', 'child'],
        ],
      );
      for (const [words, exit, why] of [
        [['bags', '--kind', 'box'], 65, /kind/],
        [['bags', '--colour', 'red'], 78, /colour/],
        [['bill-bags', '--code', 'NOWHERE'], 66, /./],
        [['secrets'], 78, /wants a list/],
        [['bags', '--format', 'pdf'], 78, /csv or xlsx/],
      ] as const) {
        const refusal = await beside(pair().first, ['export', ...words]);
        assert.equal(refusal.code, exit, `${words.join(' ')}: ${refusal.complaint}`);
        assert.match(refusal.complaint, why);
      }
    });

    test('a second server does not start, and the schema is left alone', async () => {
      for (const words of [['serve', '--listen', '127.0.0.1:0'], ['migrate']]) {
        const { code, complaint } = await beside(pair().first, words);
        assert.equal(code, 78, words.join(' '));
        assert.match(complaint, /another server is running/);
      }
      await (await pair().here.as('dev')).stats.get();
    });
  });
}
