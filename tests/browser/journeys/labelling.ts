/** Labelling: a label run. The next codes are offered, printed once, and again only on purpose. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { wordsOf } from '../../api/support/print';
import { desktop, open, organisation, person } from '../support/stage';

export function labelling(): void {
  test('labels for the next codes are downloaded, and the same codes only on purpose', async () => {
    const firm = await organisation('labelling');
    await (await firm.as('dev')).bags.create({ qr: 'SB00041' });
    const page = await open(await person(firm, 'bina', { viewport: desktop }), '/bags');
    await page.getByRole('link', { name: 'Labels' }).click();
    const first = page.getByLabel('First code');
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input')?.value === 'SB00042');
    await page.getByLabel('How many').fill('none');
    await page.getByRole('button', { name: 'Download labels' }).click();
    await page.getByText('Give a number.').waitFor();
    await page.getByLabel('How many').fill('3');
    const words = await fetchLabels(page, 'Download labels', 'labels-SB00042.pdf');
    assert.deepEqual(words, ['SB00042', 'SB00043', 'SB00044', 'mustard', 'mustard', 'mustard']);
    await page.getByRole('row', { name: /SB00042.*SB00044.*3/ }).waitFor();
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('input')?.value === 'SB00045');

    await first.fill('SB00044');
    await page.getByRole('button', { name: 'Download labels' }).click();
    await page.getByText(`SB00044 was printed before, by ${firm.username('bina')}.`).waitFor();
    await page.getByLabel('Print them all the same').check();
    await fetchLabels(page, 'Download labels', 'labels-SB00044.pdf');
  });

  test('the label of one bag is printed from its page, and a trial page shows the outlines', async () => {
    const firm = await organisation('labelling');
    await (await firm.as('dev')).bags.create({ qr: 'M444-00007' });
    const page = await open(await person(firm, 'bina'), '/bag/M444-00007');
    await page.getByRole('link', { name: 'Label' }).click();
    assert.equal(await page.getByLabel('Codes', { exact: true }).inputValue(), 'M444-00007');
    await page.getByLabel('Paper').selectOption('roll_50x25');
    await page.getByLabel('File').selectOption('zpl_203');
    await page.getByLabel('File').selectOption('pdf');
    const words = await fetchLabels(page, 'Download labels', 'labels-M444-00007.pdf');
    assert.deepEqual(words, ['M444-00007', 'moong']);
    assert.deepEqual(await fetchLabels(page, 'Trial page', 'labels-TRIAL-SHEET.pdf'), ['TRIAL-SHEET']);
  });

  test('a dispatcher has no labels to print', async () => {
    const firm = await organisation('labelling');
    const page = await open(await person(firm, 'dev'), '/bags');
    assert.equal(await page.getByRole('link', { name: 'Labels' }).count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Download' }).count(), 0);
  });
}

/** The words on the pages of the file that the button brings, sorted. */
async function fetchLabels(page: Page, button: string, name: string): Promise<string[]> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  assert.equal(file.suggestedFilename(), name);
  return (await wordsOf(await readFile(await file.path()))).sort();
}
