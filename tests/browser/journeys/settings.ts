/** Settings: an administrator changes what holds for everybody, and is told what can't be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SettingsApi } from '../../../web/src/api';
import { desktop, open, organisation, person } from '../support/stage';

export function settings(): void {
  test('settings are changed, and a wrong one is named at its field', async () => {
    const firm = await organisation('settings');
    const page = await open(await person(firm, 'ada', { viewport: desktop }), '/manage');
    await page.getByRole('link', { name: 'Settings Time zone' }).click();
    const idle = page.getByLabel('without doing anything');
    assert.equal(await idle.inputValue(), '30');
    await idle.fill('90');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByText('can’t be longer than the whole session')
      .or(page.getByText("can't be longer than the whole session"))
      .waitFor();
    await idle.fill('15');
    await page.getByLabel('Mail the summary').selectOption('');
    await page.getByLabel('Time zone').fill('Asia/Dhaka');
    await page.getByLabel('People may ask for an account').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const now = await new SettingsApi(await firm.as('ada')).get();
    assert.deepEqual(
      [now.session_idle_seconds, now.eod_hour, now.time_zone, now.registration],
      [900, null, 'Asia/Dhaka', false],
    );
  });
}
