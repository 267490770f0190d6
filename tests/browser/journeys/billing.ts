/** Bills: parents go onto one until it is complete; finishing short and reopening want a reason. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuid7, type Api } from '../../../web/src/api';
import { assertVerdict, scanAndSee } from '../support/scanner';
import { open, organisation, person } from '../support/stage';

export function billing(): void {
  test('a bill is made, refuses what does not belong on it, and completes itself with its last parent', async () => {
    const firm = await organisation('billing');
    const api = await firm.as('bina');
    for (const parent of ['P1-2', 'P2-2', 'P3-2', 'P4-2']) await fill(api, parent);
    await api.bills.create({ code: 'OTHER-1', capacity: 2 });
    await api.bills.addBag('OTHER-1', { id: uuid7(), qr: 'P4-2' });

    const page = await open(await person(firm, 'bina'), '/bills');
    await page.getByRole('link', { name: 'New bill' }).click();
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByText('Use 3 to 50 characters.').waitFor();
    await page.getByLabel('Code').fill('kanpur-7');
    await page.getByLabel('How many parents').fill('2');
    await page.getByLabel('Description').fill('Sharma Traders');
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('heading', { name: 'KANPUR-7' }).waitFor();
    await page.locator('.of', { hasText: 'of 2' }).waitFor();

    assertVerdict(await scanAndSee(page, 'P1-2'), 'linked', /^1 of 2 P1-2$/);
    assertVerdict(await scanAndSee(page, 'P1-2'), 'already', /Already here P1-2 is already on this bill/);
    assertVerdict(await scanAndSee(page, 'P4-2'), 'refused', /On another bill P4-2 is on OTHER-1/);
    assertVerdict(await scanAndSee(page, 'P1X2A'), 'refused', /Not known|A child bag/);
    assertVerdict(
      await scanAndSee(page, 'P9-2'),
      'refused',
      /Not known No parent has the code P9-2 Make P9-2 and put it on/,
    );
    assertVerdict(await scanAndSee(page, childOf('P2-2', 1)), 'refused', /A child bag/);
    assertVerdict(await scanAndSee(page, 'P2-2'), 'done', /^2 of 2 The bill is complete/);
    assertVerdict(await scanAndSee(page, 'P3-2'), 'refused', /Full|Bill completed/);
    const bill = await api.bills.get('KANPUR-7');
    assert.deepEqual(
      [bill.status, bill.linked, bill.weight_kg, bill.description],
      ['completed', 2, 4, 'Sharma Traders'],
    );
  });

  test('an unknown label is made and put on by hand', async () => {
    const firm = await organisation('billing');
    const api = await firm.as('bina');
    await api.bills.create({ code: 'BYHAND-1', capacity: 3 });
    const page = await open(await person(firm, 'bina'), '/bill/BYHAND-1/scan');
    await page.locator('.of', { hasText: 'of 3' }).waitFor();
    await scanAndSee(page, 'SB70000');
    await page.getByRole('button', { name: 'Make SB70000 and put it on' }).click();
    await page.locator('.giant', { hasText: '1' }).first().waitFor();
    assert.equal((await api.bags.get('SB70000')).bill, 'BYHAND-1');
  });

  test('a bill is completed short with a reason, reopened with another, and tells both', async () => {
    const firm = await organisation('billing');
    const api = await firm.as('bina');
    await api.bills.create({ code: 'SHORT-1', capacity: 3 });
    await fill(api, 'P5-2');
    await api.bills.addBag('SHORT-1', { id: uuid7(), qr: 'P5-2' });

    const page = await open(await person(firm, 'bina'), '/bill/SHORT-1');
    await page.getByRole('button', { name: 'Complete', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Complete SHORT-1' }).click();
    await dialog.getByText('Say why, in a few words.').waitFor();
    await dialog.getByLabel('Reason').fill('the truck is full');
    await dialog.getByRole('button', { name: 'Complete SHORT-1' }).click();
    await page.getByText('“the truck is full”').waitFor();
    assert.equal((await api.bills.get('SHORT-1')).status, 'completed');

    await page.getByRole('button', { name: 'Reopen' }).click();
    await dialog.getByLabel('Reason').fill('another truck came');
    await dialog.getByRole('button', { name: 'Reopen SHORT-1' }).click();
    await page.getByText('“another truck came”').waitFor();
    await page.getByRole('link', { name: 'Scan parents' }).waitFor();

    await page.getByRole('button', { name: 'Take P5-2 off' }).click();
    await dialog.getByRole('button', { name: 'Take it off' }).click();
    await page.getByText('No parents yet').waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByLabel('How many parents').fill('9');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('img', { name: '0 of 9 parents' }).waitFor();
  });

  test('a dispatcher is told that bills are not for that role', async () => {
    const firm = await organisation('billing');
    const page = await open(await person(firm, 'dev'), '/bills');
    await page.getByRole('heading', { name: 'Not for your role' }).waitFor();
  });
}

const childOf = (parent: string, n: number) => `C${parent.replace('-', '')}${n}`;

async function fill(api: Api, parent: string): Promise<void> {
  for (const n of [1, 2]) await api.scans.add({ id: uuid7(), parent, child: childOf(parent, n) });
}
