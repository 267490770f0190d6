/** The desk: search, a bag's life, and figures that move while others scan. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuid7 } from '../../../web/src/api';
import { scan, scanAndSee } from '../support/scanner';
import { desktop, open, organisation, person } from '../support/stage';

export function desk(): void {
  test('one field finds a bag, whose page tells its whole life', async () => {
    const firm = await organisation('desk');
    const api = await firm.as('bina');
    for (const child of ['LIFE001', 'LIFE002']) await api.scans.add({ id: uuid7(), parent: 'SB40000', child });
    await api.scans.undo('SB40000');
    await api.bills.create({ code: 'LIFE-BILL', capacity: 2 });
    await api.bills.addBag('LIFE-BILL', { id: uuid7(), qr: 'SB40000' });

    const page = await open(await person(firm, 'bina'), '/search');
    await page.keyboard.type('sb400');
    await page.getByRole('link', { name: /SB40000/ }).click();
    await page.getByRole('heading', { name: 'SB40000' }).waitFor();
    await page.getByRole('img', { name: '1 of 30 children' }).waitFor();
    const history = page.locator('section', { has: page.getByRole('heading', { name: 'History' }) });
    await history.getByText('Went onto bill').waitFor();
    const words = (await history.innerText()).replace(/\s+/g, ' ');
    assert.match(words, /Went onto bill LIFE-BILL.*Undone: LIFE002.*Took in LIFE002.*Took in LIFE001/);

    await page.getByRole('link', { name: 'LIFE001' }).first().click();
    await page.getByText('Went into').waitFor();
    await open(page.context(), '/search');
    await page.getByRole('searchbox').fill('LIFE-BILL');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'LIFE-BILL' }).waitFor();
    await page.goto('/search?q=NOBODY');
    await page.getByText('Nothing has the code NOBODY').waitFor();
  });

  test('the figures of the dashboard move while somebody else scans', async () => {
    const firm = await organisation('live');
    const page = await open(await person(firm, 'ada', { viewport: desktop }), '/');
    await page.getByText('live', { exact: true }).waitFor();
    const figure = (name: string) => page.getByRole('link', { name: new RegExp(`${name}\\b`) }).locator('strong');
    await page.waitForFunction(() => document.querySelector('.figures strong')?.textContent === '0');
    assert.equal(await figure('children packed').innerText(), '0');

    const scanner = await open(await person(firm, 'dev'), '/scan');
    await scan(scanner, 'SB41000');
    for (const child of ['LIV0001', 'LIV0002', 'LIV0003']) await scanAndSee(scanner, child);
    const asked = Date.now();
    await page.waitForFunction(() => /\b3\b/.test(document.querySelectorAll('.figures strong')[1]?.textContent ?? ''));
    assert.ok(Date.now() - asked < 3_000, 'within three seconds');
    assert.equal(await figure('parents in progress').innerText(), '1');
    await page.getByText('LIV0003 went into').waitFor();
    await page.getByRole('link', { name: /SB41000 3 of 30/ }).waitFor();
  });
}
