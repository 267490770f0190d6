/** The books: lists narrowed to what is wanted, a list of children corrected, a code found that was misread. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuid7 } from '../../../web/src/api';
import type { Organisation } from '../../api/support/organisation';
import { desktop, open, organisation, person } from '../support/stage';

async function books(): Promise<Organisation> {
  const firm = await organisation('books');
  const dev = await firm.as('dev');
  if ((await dev.bags.list()).items.length > 0) return firm;
  const scan = (parent: string, child: string) => ({ id: uuid7(), parent, child });
  await dev.scans.batch([scan('SB55501', 'BOOK0001'), scan('SB55501', 'BOOK0002'), scan('M444-55501', 'BOOK0003')]);
  return firm;
}

export function bookkeeping(): void {
  test('bags are narrowed by family, person and day, and the address keeps it', async () => {
    const page = await open(await person(await books(), 'ada', { viewport: desktop }), '/bags?kind=parent');
    await page.getByText('2 bags').waitFor();
    await page.getByRole('button', { name: 'More filters' }).click();
    await page.getByLabel('Family').selectOption('moong');
    await page.getByText('1 bag', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('1 bag', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'More filters (1)' }).waitFor();
    await page.getByLabel('Who').fill('nobody.at.all');
    await page.getByLabel('Who').blur();
    await page.getByText('No bag is like that').waitFor();
  });

  test('an administrator corrects the children of a parent, and a wrong code changes nothing', async () => {
    const firm = await books();
    const page = await open(await person(firm, 'ada', { viewport: desktop }), '/bag/SB55501');
    await page.getByRole('button', { name: 'Edit the list' }).click();
    const codes = page.getByLabel('Codes');
    assert.equal(await codes.inputValue(), 'BOOK0001\nBOOK0002');
    await codes.fill('book0002, BOOK0004; BOOK0003');
    await page.getByText('2 come in, 1 go out.').waitFor();
    await page.getByRole('button', { name: 'Save the list' }).click();
    await page.getByRole('alert').waitFor(); // BOOK0003 is in another parent
    assert.deepEqual([...(await (await firm.as('dev')).bags.get('SB55501')).children].sort(), ['BOOK0001', 'BOOK0002']);
    await codes.fill('BOOK0002\nBOOK0004');
    await page.getByRole('button', { name: 'Save the list' }).click();
    await page.getByRole('link', { name: 'BOOK0004' }).first().waitFor();
    assert.deepEqual([...(await (await firm.as('dev')).bags.get('SB55501')).children].sort(), ['BOOK0002', 'BOOK0004']);
  });

  test('a code that was misread is offered, and a return ticket is found', async () => {
    const firm = await books();
    const bina = await firm.as('bina');
    const { code } = await bina.returns.create({ location: 'Dewas' });
    const page = await open(await person(firm, 'bina'), '/search?q=SBS55O1');
    await page.getByText('Nothing has the code SBS55O1').waitFor();
    await page.getByRole('searchbox').fill('SB555O1');
    await page.getByText('Did you mean').waitFor();
    await page.getByRole('link', { name: 'SB55501' }).waitFor();
    await page.getByRole('searchbox').fill('dewas');
    await page.getByRole('link', { name: code }).click();
    await page.getByRole('heading', { name: code }).waitFor();
  });
}
