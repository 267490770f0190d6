/** Importing: a file is chosen, tried, imported, and each of its rows is told of. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { workbook } from '../../api/support/workbook';
import { xlsxRows } from '../../api/support/sheets';
import { desktop, open, organisation, person } from '../support/stage';

const rows = [
  ['Sr. No.', 'QR Code'],
  ['1', 'KID70001'],
  ['2', 'LABEL NO. 0016586'],
  ['3', 'not a code!'],
  ['Parent code', 'SB70001'],
];

export function importing(): void {
  test('a workbook is tried first, then imported, and its refused rows are shown with their reasons', async () => {
    const firm = await organisation('importing');
    const page = await open(await person(firm, 'ada', { viewport: desktop }), '/manage');
    await page.getByRole('link', { name: 'Imports' }).click();
    await page.getByRole('heading', { name: 'Imports' }).waitFor();
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('Choose at least one file.').waitFor();

    const file = { name: 'hall.xlsx', mimeType: '', buffer: workbook([{ name: 'Hall 1', rows }]) };
    await page.getByLabel('Files', { exact: true }).setInputFiles([file, { ...file, name: 'wrong.xlsx' }]);
    await page.getByRole('button', { name: 'Leave out wrong.xlsx' }).click();
    await page.getByLabel('Dry run').check();
    await page.getByRole('button', { name: 'Check the files' }).click();
    await page.getByText('A dry run: nothing was changed.').waitFor();
    await page.getByRole('row', { name: /Hall 1, 4.*NOT A CODE!.*SB70001.*refused/ }).waitFor();
    assert.equal((await firm.as('ada').then((api) => api.call('GET', '/api/bag/SB70001'))).status, 404);

    await page.getByRole('link', { name: 'Imports' }).click();
    await page.getByLabel('Files', { exact: true }).setInputFiles([file]);
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByRole('row', { name: /Hall 1, 3.*0016586.*SB70001.*put in/ }).waitFor();
    await page.getByRole('button', { name: 'refused', exact: true }).click();
    await page.getByRole('row', { name: /0016586/ }).waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /NOT A CODE!.*That code can't be used here\./ }).waitFor();

    const button = page.getByRole('button', { name: 'All rows as Excel' });
    const [result] = await Promise.all([page.waitForEvent('download'), button.click()]);
    assert.equal(xlsxRows(await readFile(await result.path()), 2).length, 4);
    const mend = page.getByRole('button', { name: 'Refused rows, to mend' });
    const [refused] = await Promise.all([page.waitForEvent('download'), mend.click()]);
    assert.deepEqual(xlsxRows(await readFile(await refused.path())).slice(1), [
      ['3', 'not a code!'],
      ['Parent code', 'SB70001'],
    ]);
    await page.getByRole('link', { name: 'Imports' }).click();
    await page.getByRole('row', { name: /hall\.xlsx.*Children into parents, dry run.*done/ }).waitFor();
  });

  test('a file that can not be read says why, and the template of each kind can be downloaded', async () => {
    const firm = await organisation('importing');
    const page = await open(await person(firm, 'ada'), '/imports');
    await page
      .getByLabel('Files', { exact: true })
      .setInputFiles([{ name: 'old.xls', mimeType: '', buffer: Buffer.from('d0cf11e0a1b11ae1', 'hex') }]);
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('This is an old Excel file (.xls). Save it as an Excel workbook (.xlsx).').waitFor();

    await page.goBack();
    for (const kind of ['children', 'bill-bags', 'bags', 'bills']) {
      await page.getByLabel('What the files hold').selectOption(kind);
      const [template] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Template' }).click(),
      ]);
      assert.equal(template.suggestedFilename(), `${kind}.csv`);
    }
  });
}
