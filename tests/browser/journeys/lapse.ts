/** The session ends in the middle of a scan. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { password } from '../../api/support/organisation';
import { assertVerdict, scanAndSee } from '../support/scanner';
import { carry, open, organisation, visitor } from '../support/stage';

export function lapse(): void {
  test('a scan made as the session ends stays on the screen and is sent after signing in again', async () => {
    const firm = await organisation('lapse');
    const session = await firm.signIn('diya');
    const context = await visitor(firm);
    await carry(context, session, firm);
    const page = await open(context, '/scan/SB60000');
    await page.locator('.of', { hasText: 'of 30' }).waitFor();
    assertVerdict(await scanAndSee(page, 'LAP0001'), 'linked', /^1 of 30/);

    await (await firm.signIn('diya')).ask('DELETE', '/api/sessions');
    assertVerdict(
      await scanAndSee(page, 'LAP0002'),
      'kept',
      /Kept LAP0002 is safe on this device and is sent when you are signed in/,
    );
    const dialog = page.getByRole('dialog', { name: 'You were signed out' });
    await dialog.getByText('1 scan').waitFor();
    assert.equal(await page.locator('h1', { hasText: 'SB60000' }).count(), 1, 'the screen behind stays');
    await dialog.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.giant', { hasText: '2' }).first().waitFor();
    assert.deepEqual((await (await firm.as('bina')).bags.get('SB60000')).children, ['LAP0001', 'LAP0002']);
    assertVerdict(await scanAndSee(page, 'LAP0003'), 'linked', /^3 of 30/);
  });
}
