/** Traces: keys as scanners of several makes send them. No character may be lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { within } from '../../api/support/expect';
import type { Organisation } from '../../api/support/organisation';
import { scan, type Suffix } from '../support/scanner';
import { open, organisation, person } from '../support/stage';

export function traces(): void {
  const kinds: [name: string, parent: string, suffix: Suffix, pause: number][] = [
    ['Enter', 'SB80001', 'Enter', 0],
    ['Tab', 'SB80002', 'Tab', 0],
    ['a line feed', 'SB80003', 'Control+j', 0],
    ['nothing but a pause', 'SB80004', null, 300],
  ];
  for (const [name, parent, suffix, pause] of kinds) {
    test(`a scanner that ends its codes with ${name} loses none`, async () => {
      const firm = await organisation('traces');
      const page = await open(await person(firm, 'dev'), '/scan');
      const codes = Array.from({ length: 5 }, (_, i) => `${parent.slice(-3)}K${i}`);
      for (const code of [parent, ...codes]) {
        await scan(page, code, suffix);
        await page.waitForTimeout(pause);
      }
      await assertHolds(firm, parent, codes);
      assert.equal(await leftInField(page), '');
    });
  }

  test('twenty codes that were stored in a scanner come all at once', async () => {
    const firm = await organisation('traces');
    const page = await open(await person(firm, 'dev'), '/scan');
    const codes = Array.from({ length: 20 }, (_, i) => `BULK${String(i).padStart(3, '0')}`);
    const keys = ['SB80005', ...codes].flatMap((code) => [...code, 'Enter']);
    await Promise.all(keys.map((key) => page.keyboard.press(key)));
    await assertHolds(firm, 'SB80005', codes);
  });

  test('keys that come while a button, a verdict or nothing has the focus belong to the scan', async () => {
    const firm = await organisation('traces');
    const page = await open(await person(firm, 'dev'), '/scan');
    await scan(page, 'SB80006');
    await page.getByRole('button', { name: 'Undo' }).focus();
    await scan(page, 'FOCUS01');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await scan(page, 'FOCUS02');
    await scan(page, 'SB80005'); // a parent: the refusal covers the screen
    await page.locator('.verdict.refused').waitFor();
    await scan(page, 'FOCUS03');
    await page.getByRole('link', { name: 'Search' }).last().focus();
    await scan(page, 'Label No: 0016586');
    await assertHolds(firm, 'SB80006', ['FOCUS01', 'FOCUS02', 'FOCUS03', '0016586']);
    assert.match(page.url(), /\/scan\/SB80006$/, 'no button was pressed by it');
    await page.locator('.last', { hasText: '0016586' }).waitFor();
    assert.doesNotMatch(await page.locator('.last').innerText(), /LABEL/, 'shown as the bag is called');
  });
}

async function assertHolds(firm: Organisation, parent: string, codes: readonly string[]): Promise<void> {
  const api = await firm.as('bina');
  const inside = async () => (await api.bags.get(parent).catch(() => null))?.children ?? [];
  await within(5_000, async () => (await inside()).length >= codes.length);
  assert.deepEqual(await inside(), codes);
}

const leftInField = (page: Page) => page.getByRole('textbox').inputValue();
