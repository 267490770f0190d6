/** Audit: who did what, found, unfolded, downloaded and checked. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { within } from '../../api/support/expect';
import type { Organisation } from '../../api/support/organisation';
import { csvRows } from '../../api/support/sheets';
import { sql } from '../../api/support/sql';
import { desktop, open, organisation, person } from '../support/stage';

/** A bill with a life, and an account that changes. */
async function deeds(firm: Organisation): Promise<Organisation> {
  const ada = await firm.as('ada');
  await ada.bills.create({ code: 'AUDIT-1', capacity: 3, description: 'Lorry 7' });
  await ada.bills.patch('AUDIT-1', { capacity: 5 });
  const dev = (await ada.users.list({ q: firm.username('dev') })).items[0];
  assert.ok(dev !== undefined);
  await ada.users.patch(dev.id, { role: 'biller' });
  await ada.areas.add('West');
  return firm;
}

let done: Promise<Organisation> | undefined;

/** The organisation of these journeys, with its deeds done. */
const busyFirm = (): Promise<Organisation> => (done ??= organisation('audit').then(deeds));

const rows = (page: Page) => page.locator('tbody tr');

export function audit(): void {
  test('an administrator finds a deed in the log and unfolds what it changed', async () => {
    const firm = await busyFirm();
    const page = await open(await person(firm, 'ada', { viewport: desktop }), '/manage');
    await page.getByRole('link', { name: 'Audit log' }).click();
    await rows(page).filter({ hasText: 'Made an area' }).getByRole('link', { name: 'West' }).waitFor();

    await page.getByLabel('Kind of thing').selectOption('Bills');
    await page.getByText('2 notes', { exact: true }).waitFor();
    await page.getByLabel('What', { exact: true }).selectOption('Changed a bill');
    await page.getByText('1 note', { exact: true }).waitFor();
    assert.equal(new URL(page.url()).search, '?action=bill.edit&entity=bill');

    const deed = page.getByRole('button', { name: 'Changed a bill' });
    await deed.click();
    assert.match(
      (await page.locator('.unfolded').innerText()).replace(/\s+/g, ' '),
      /^capacity 3 5 Note \d+ Address \S+ Request \w+$/,
    );
    await deed.click();
    assert.equal(await page.locator('.unfolded').count(), 0);
    await page.getByRole('link', { name: 'AUDIT-1' }).click();
    await page.getByRole('heading', { name: 'AUDIT-1' }).waitFor();
  });

  test('the log can be of one person and of some days, and a filter that finds nothing says so', async () => {
    const firm = await busyFirm();
    const page = await open(await person(firm, 'ada'), '/audit');
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByLabel('Who').fill(firm.username('bina'));
    await page.getByLabel('Who').press('Enter');
    await page.getByText('Nothing like that was noted').waitFor();
    await page.getByLabel('Who').fill(firm.username('ada'));
    await page.getByLabel('Who').press('Enter');
    await page.getByRole('button', { name: 'Changed somebody’s role' }).waitFor();
    await page.getByLabel('To', { exact: true }).fill('2020-01-31');
    await page.getByText('Nothing like that was noted').waitFor();
    await page.goto(`/audit?action=user_role&user=${firm.username('ada')}`);
    await page.getByText('1 note', { exact: true }).waitFor();
    assert.equal(await page.getByLabel('What', { exact: true }).inputValue(), 'user_role');
  });

  test('what is shown can be downloaded', async () => {
    const firm = await busyFirm();
    const page = await open(await person(firm, 'ada'), '/audit?entity=bill');
    await page.getByText('2 notes', { exact: true }).waitFor();
    const fetchAs = async (form: string) => {
      await page.getByRole('button', { name: 'Download' }).click();
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: form, exact: true }).click(),
      ]);
      return file;
    };
    const download = await fetchAs('CSV');
    assert.match(download.suggestedFilename(), /^audit-\d{4}-\d\d-\d\d\.csv$/);
    const file = csvRows((await readFile(await download.path(), 'utf8')).slice(1));
    assert.deepEqual(
      file.map((row) => [row[3], row[6]]),
      [
        ['Action', 'Name of the thing'],
        ['bill.edit', 'AUDIT-1'],
        ['bill.create', 'AUDIT-1'],
      ],
    );

    const workbook = await fetchAs('Excel workbook');
    assert.match(workbook.suggestedFilename(), /^audit-\d{4}-\d\d-\d\d\.xlsx$/);
    assert.equal((await readFile(await workbook.path())).toString('latin1', 0, 2), 'PK');
  });

  test('a check of the log says that all is well, and finds what was changed in the database', async () => {
    const firm = await busyFirm();
    const page = await open(await person(firm, 'ada'), '/audit');
    const sealed = async () => (await (await firm.as('ada')).audit.verify()).waiting === 0;
    assert.ok(await within(15_000, sealed), 'the log is sealed every few seconds');
    await page.getByRole('button', { name: 'Check the log' }).click();
    await page.getByText('Nothing was changed or taken away.').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();

    await sql(
      firm.server,
      `UPDATE audit_log SET reason = 'never mind' WHERE org_id = ${firm.id} AND action = 'user_role'`,
    );
    await page.getByRole('button', { name: 'Check the log' }).click();
    await page.getByText('A note was changed after it was written.').waitFor();
    await page.getByRole('button', { name: 'Show that day' }).click();
    await rows(page).filter({ hasText: 'never mind' }).waitFor();
  });

  test('nobody but an administrator has the log', async () => {
    const firm = await busyFirm();
    for (const name of ['bina', 'diya']) {
      const page = await open(await person(firm, name), '/audit');
      await page.getByText('Administrators work on this screen').waitFor();
      assert.equal(await page.getByText('Audit log').count(), 0);
    }
  });
}
