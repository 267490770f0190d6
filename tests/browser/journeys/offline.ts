/** Without a network: what was scanned survives a restart and is sent once, in order. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { uuid7 } from '../../../web/src/api';
import { within } from '../../api/support/expect';
import { assertVerdict, scanAndSee } from '../support/scanner';
import { carry, open, organisation, person, restart } from '../support/stage';

export function offline(): void {
  test('five scans made without a network survive a restart of the browser and arrive once, in order', async () => {
    const firm = await organisation('offline');
    const api = await firm.signIn('dev');
    const other = await firm.as('bina');
    await other.scans.add({ id: uuid7(), parent: 'SB51000', child: 'OFF0004' });
    const folder = mkdtempSync(join(tmpdir(), 'tracetrack-browser-'));
    try {
      const before = await restart(folder, firm);
      await carry(before, api, firm);
      const page = await open(before, '/scan/SB50000');
      await page.locator('.of', { hasText: 'of 30' }).waitFor();
      assertVerdict(await scanAndSee(page, 'OFF0000'), 'linked', /^1 of 30/);
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
      await before.setOffline(true);
      for (const n of [1, 2, 3, 4, 5])
        assertVerdict(
          await scanAndSee(page, `OFF000${n}`),
          'kept',
          new RegExp(`Kept OFF000${n} is safe on this device`),
        );
      await page.getByRole('button', { name: '5 waiting' }).waitFor();
      await before.close();

      // A session cookie ends with the browser; a phone that was only put away still has it.
      const after = await restart(folder, firm, { offline: true });
      await carry(after, api, firm);
      const again = await open(after, '/scan/SB50000');
      await again.getByRole('button', { name: '5 waiting' }).waitFor();
      assert.equal((await other.bags.get('SB50000')).child_count, 1);
      await after.setOffline(false);
      await again.getByRole('button', { name: '1 refused' }).waitFor();
      assert.deepEqual((await other.bags.get('SB50000')).children, [
        'OFF0000',
        'OFF0001',
        'OFF0002',
        'OFF0003',
        'OFF0005',
      ]);
      const links = (await other.scans.list({ bag: 'SB50000', limit: 100 })).items.filter(
        ({ kind, verdict }) => kind === 'link' && verdict === 'linked',
      );
      assert.deepEqual(links.map(({ child }) => child).reverse(), [
        'OFF0000',
        'OFF0001',
        'OFF0002',
        'OFF0003',
        'OFF0005',
      ]);

      await again.reload();
      await again.getByRole('button', { name: '1 refused' }).click();
      await again.getByText('OFF0004 is in SB51000').waitFor();
      await again.getByRole('button', { name: 'Dismiss OFF0004' }).click();
      await again.getByRole('button', { name: 'Close' }).click();
      assert.ok(await within(3_000, async () => (await again.getByRole('button', { name: /refused/ }).count()) === 0));
      await after.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('scans that wait are sent by whoever made them, whatever the name is by then', async () => {
    const firm = await organisation('offline');
    await firm.add({ name: 'neela', role: 'dispatcher' });
    const ada = await firm.as('ada');
    const context = await person(firm, 'neela');
    const page = await open(context, '/scan/SB52000');
    assertVerdict(await scanAndSee(page, 'REN0001'), 'linked', /^1 of 30/);
    await context.setOffline(true);
    assertVerdict(await scanAndSee(page, 'REN0002'), 'kept', /REN0002 is safe/);
    const { id = 0 } = (await ada.users.list({ q: firm.username('neela') })).items[0] ?? {};
    await ada.users.patch(id, { username: firm.username('nila') });
    await context.setOffline(false);
    assert.ok(await within(10_000, async () => (await ada.bags.get('SB52000')).child_count === 2));
  });
}
