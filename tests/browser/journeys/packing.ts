/** Packing: a parent, children until it is full, and every answer the server can give. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuid7 } from '../../../web/src/api';
import { children } from '../../api/support/codes';
import { quote, sql } from '../../api/support/sql';
import { assertVerdict, counter, openParent, scan, scanAndSee } from '../support/scanner';
import { open, organisation, person } from '../support/stage';
import { sounds, verdicts } from '../support/watch';

export function packing(): void {
  test('thirty children fill a parent, each is counted on the screen, and the next parent opens by itself', async () => {
    const firm = await organisation('packing');
    const page = await open(await person(firm, 'dev'), '/scan');
    await openParent(page, 'SB30000');
    assert.equal(await counter(page), '0 of 30');

    const codes = children(30);
    for (const [i, code] of codes.entries()) {
      const verdict = await scanAndSee(page, code);
      if (i < 29) assertVerdict(verdict, 'linked', new RegExp(`^${i + 1} of 30 ${code}$`));
      else assertVerdict(verdict, 'done', /^30 of 30 Full\. Scan the next parent/);
    }
    const bag = await (await firm.as('dev')).bags.get('SB30000');
    assert.deepEqual([bag.status, bag.children], ['completed', codes]);

    const heard = await sounds(page);
    assert.equal(heard.filter((hertz) => hertz === 1_760).length, 30, 'a high beep for each, and one in the fanfare');
    await openParent(page, 'SB30001');
    assert.equal(await counter(page), '0 of 30');
  });

  test('children scanned faster than the server answers all arrive, in order', async () => {
    const firm = await organisation('packing');
    const page = await open(await person(firm, 'dev'), '/scan');
    const codes = children(15);
    await scan(page, 'M444-00015');
    for (const code of codes) await scan(page, code);
    await page.locator('.verdict.done').waitFor();
    const bag = await (await firm.as('dev')).bags.get('M444-00015');
    assert.deepEqual([bag.child_count, bag.children], [15, codes]);
  });

  test('each refusal is told by its colour, its words and its sound', async () => {
    const firm = await organisation('packing');
    const page = await open(await person(firm, 'dev'), '/scan/P1-3');
    const api = await firm.as('bina');
    const put = (parent: string, child: string) => api.scans.add({ id: uuid7(), parent, child });
    await put('P2-3', 'REF0002');
    await page.locator('.of', { hasText: 'of 3' }).waitFor();

    assertVerdict(await scanAndSee(page, 'REF0001'), 'linked', /^1 of 3 REF0001$/);
    assertVerdict(await scanAndSee(page, 'REF0001'), 'already', /Already here REF0001 is already in this bag/);
    assertVerdict(
      await scanAndSee(page, 'REF0002'),
      'refused',
      /In another bag REF0002 is in P2-3 Tap or scan to go on/,
    );
    assertVerdict(
      await scanAndSee(page, 'SB31000'),
      'refused',
      /A parent bag SB31000 is a parent, not a child Open SB31000/,
    );
    assertVerdict(await scanAndSee(page, 'AB'), 'refused', /Not a code AB is not the code of a bag/);

    await sql(
      firm.server,
      `INSERT INTO bag (org_id, code, kind, weight_g, area_id, created_by) SELECT ${firm.id}, 'REF0003', 'child', 1000, a.id, u.id
      FROM area a, users u WHERE a.org_id = ${firm.id} AND a.name = 'Indore' AND u.username = ${quote(firm.username('indra'))}`,
    );
    const lata = await open(await person(firm, 'lata'), '/scan/P3-3');
    await lata.locator('.of', { hasText: 'of 3' }).waitFor();
    assertVerdict(await scanAndSee(lata, 'REF0003'), 'refused', /Other area/);

    await put('P1-3', 'REF0004');
    await put('P1-3', 'REF0005');
    assertVerdict(await scanAndSee(page, 'REF0006'), 'refused', /Full P1-3 holds all its 3/);
    assert.equal(await page.locator('.verdict').count(), 1, 'a refusal stays');
    await page.mouse.click(180, 560);
    assert.equal(await page.locator('.verdict').count(), 0, 'until a tap');
    assert.ok((await sounds(page)).includes(196), 'a low beep');
    assert.equal((await sounds(page)).filter((hertz) => hertz === 1_175).length, 2, 'a double beep');
  });

  test('what is no parent is not opened, and a parent on a completed bill takes nothing', async () => {
    const firm = await organisation('packing');
    const api = await firm.as('bina');
    await api.scans.add({ id: uuid7(), parent: 'P4-3', child: 'CLO0001' });
    const page = await open(await person(firm, 'dev'), '/scan');
    assertVerdict(await scanAndSee(page, 'CLO0001'), 'refused', /Not a parent CLO0001/);
    await openParent(page, 'P4-3');
    await api.bills.create({ code: 'CLOSED-1', capacity: 1 });
    await api.bills.addBag('CLOSED-1', { id: uuid7(), qr: 'P4-3' });
    assertVerdict(await scanAndSee(page, 'CLO0002'), 'refused', /Bill completed P4-3 is on a completed bill/);
  });

  test('the latest child is taken back, and a parent is finished early after a question', async () => {
    const firm = await organisation('packing');
    const page = await open(await person(firm, 'dev'), '/scan/SB32000');
    await page.locator('.of', { hasText: 'of 30' }).waitFor();
    for (const code of ['UND0001', 'UND0002', 'UND0003']) await scanAndSee(page, code);
    await page.locator('.verdict').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('.last', { hasText: 'UND0003 is out again.' }).waitFor();
    assert.equal(await counter(page), '2 of 30');

    await page.getByRole('button', { name: 'Finish' }).click();
    const dialog = page.getByRole('dialog', { name: 'Finish SB32000' });
    await dialog.getByText('It holds 2 of 30.').waitFor();
    await dialog.getByRole('button', { name: 'Keep packing' }).click();
    assert.equal((await (await firm.as('dev')).bags.get('SB32000')).status, 'in_progress');
    await page.getByRole('button', { name: 'Finish' }).click();
    await dialog.getByRole('button', { name: 'Finish SB32000' }).click();
    await page.locator('.last', { hasText: 'SB32000 is finished. Scan the next parent.' }).waitFor();
    const { status, children: inside } = await (await firm.as('dev')).bags.get('SB32000');
    assert.deepEqual([status, inside], ['completed', ['UND0001', 'UND0002']]);
    assert.equal((await verdicts(page)).filter(({ tone }) => tone === 'refused').length, 0);
  });
}
