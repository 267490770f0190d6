/** Returns: an IPT day. Parents come back on a ticket, offline too; one goes back, and a cancelled ticket tells all. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuid7, type Api } from '../../../web/src/api';
import type { Page } from 'playwright-core';
import { labelsOf } from '../../api/support/print';
import { assertVerdict, scanAndSee } from '../support/scanner';
import { open, organisation, person } from '../support/stage';

export function returning(): void {
  test('parents come back on a ticket, which refuses what does not belong on it, and is committed', async () => {
    const firm = await organisation('returning');
    const api = await firm.as('bina');
    await dispatch(api, 'GONE-1', ['P11-2', 'P12-2']);
    await fill(api, 'P13-2');

    const page = await open(await person(firm, 'bina'), '/returns');
    await page.getByRole('link', { name: 'New return' }).click();
    await page.getByRole('button', { name: 'Open it and scan' }).click();
    await page.getByText('Say where the bags come from.').waitFor();
    await page.getByLabel('C&F location').fill('Indore');
    await page.getByRole('button', { name: 'Open it and scan' }).click();
    await page.locator('.of', { hasText: 'parents came back' }).waitFor();

    assertVerdict(await scanAndSee(page, 'P11-2'), 'linked', /^1 P11-2, off GONE-1$/);
    assertVerdict(await scanAndSee(page, 'P11-2'), 'already', /Already here P11-2 is already on this ticket/);
    assertVerdict(await scanAndSee(page, 'P13-2'), 'refused', /On no bill/);
    assertVerdict(await scanAndSee(page, 'P12-2'), 'linked', /^2 P12-2, off GONE-1$/);
    await page.locator('.verdict').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('P12-2 is back on its bill.').first().waitFor();
    assert.equal((await api.bags.get('P12-2')).bill, 'GONE-1');

    await page.getByRole('link', { name: 'Ticket', exact: true }).click();
    await page.getByRole('link', { name: 'P11-2' }).waitFor();
    await page.getByRole('button', { name: 'Commit', exact: true }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Commit RTN-/ })
      .click();
    await page.getByText('committed', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'GONE-1' }).click();
    await page.getByText('Came back', { exact: true }).first().waitFor();
    const bill = await api.bills.get('GONE-1');
    assert.deepEqual([bill.status, bill.linked, bill.returned], ['completed', 1, 1]);
  });

  test('a bill and a ticket print on one page of A4, or two of A5, with lines to sign on and without buttons', async () => {
    const firm = await organisation('returning');
    const api = await firm.as('bina');
    await dispatch(api, 'PRINT-1', ['P41-2', 'P42-2']);
    const ticket = await api.returns.create({ location: 'Nagpur', notes: 'Lorry 7' });
    await api.returns.addBag(ticket.code, { id: uuid7(), qr: 'P42-2' });
    const page = await open(await person(firm, 'bina'), `/return/${ticket.code}`);
    await assertPrints(page, 'P42-2', 'Brought by');
    await page.goto(new URL('/bill/PRINT-1', page.url()).href);
    await assertPrints(page, 'P41-2', 'Driver');
  });

  test('a parent that came back without a network is kept, and comes off its bill when there is one', async () => {
    const firm = await organisation('returning');
    const api = await firm.as('bina');
    await dispatch(api, 'GONE-2', ['P21-2']);
    const ticket = await api.returns.create({ location: 'Bhopal' });
    const context = await person(firm, 'bina');
    const page = await open(context, `/return/${ticket.code}/scan`);
    await page.locator('.of', { hasText: 'parents came back' }).waitFor();
    await context.setOffline(true);
    assertVerdict(await scanAndSee(page, 'P21-2'), 'kept', /Kept/);
    assert.equal((await api.bags.get('P21-2')).bill, 'GONE-2');
    await context.setOffline(false);
    await page.locator('.giant', { hasText: '1' }).first().waitFor();
    assert.equal((await api.bags.get('P21-2')).bill, null);
  });

  test('a cancelled ticket gives back what can go back, and names what can’t', async () => {
    const firm = await organisation('returning');
    const api = await firm.as('bina');
    await dispatch(api, 'GONE-3', ['P31-2', 'P32-2']);
    const ticket = await api.returns.create({ location: 'Kanpur' });
    for (const qr of ['P31-2', 'P32-2']) await api.returns.addBag(ticket.code, { id: uuid7(), qr });
    await dispatch(api, 'AGAIN-3', ['P32-2']);

    const page = await open(await person(firm, 'bina'), `/return/${ticket.code}`);
    await page.getByRole('button', { name: 'Cancel this ticket' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Cancel RTN-/ })
      .click();
    await page.getByText('P32-2 (it is on a bill again)').waitFor();
    await page.getByText('cancelled', { exact: true }).waitFor();
    assert.equal((await api.bags.get('P31-2')).bill, 'GONE-3');
  });
}

/** The whole page as one label. */
const a4 = { columns: 1, rows: 1, left: 0, top: 0, step: [210, 297], size: [210, 297] } as const;

async function assertPrints(page: Page, parent: string, signature: string): Promise<void> {
  await page.getByRole('link', { name: parent }).first().waitFor();
  for (const [format, pages] of [
    ['A4', /\/Count 1\b/],
    ['A5', /\/Count [12]\b/],
  ] as const)
    assert.match((await page.pdf({ format })).toString('latin1'), pages, `${parent} on ${format}`);
  await page
    .locator('svg[role=img]', { has: page.locator('path') })
    .first()
    .waitFor({ state: 'attached' });
  const [[code] = []] = await labelsOf(await page.pdf({ format: 'A4' }), a4);
  assert.equal(code, await page.locator('h1').innerText(), 'its QR code is the code of the thing');
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.getByText(signature, { exact: true }).isVisible());
  assert.equal(await page.locator('.button:visible, nav:visible').count(), 0);
  if (process.env['PICTURES'] !== undefined)
    await page.screenshot({ path: `build/screenshots/print-${parent}.png`, fullPage: true });
  await page.emulateMedia({ media: null });
}

async function fill(api: Api, parent: string): Promise<void> {
  if ((await api.bags.get(parent).catch(() => null)) !== null) return;
  const child = () => `R${uuid7().slice(-6).toUpperCase()}`;
  await api.scans.batch([child(), child()].map((code) => ({ id: uuid7(), parent, child: code })));
}

/** A completed bill with these parents. */
async function dispatch(api: Api, code: string, parents: readonly string[]): Promise<void> {
  await api.bills.create({ code, capacity: parents.length });
  for (const parent of parents) {
    await fill(api, parent);
    await api.bills.addBag(code, { id: uuid7(), qr: parent });
  }
}
