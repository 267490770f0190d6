/** Traces: keys as scanners of several makes send them. No character may be lost. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { within } from '../../api/support/expect';
import { password, type Organisation } from '../../api/support/organisation';
import { scan, type Suffix } from '../support/scanner';
import { open, organisation, person, visitor } from '../support/stage';

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

  const laggards: [what: string, pattern: RegExp, parent: string, suffix: Suffix, pause: number][] = [
    ['session', /\/api\/session$/, 'SB80007', 'Enter', 0],
    ['scan screen', /\/assets\/Scan-[^/]*\.js$/, 'SB80008', null, 300],
  ];
  for (const [what, pattern, parent, suffix, pause] of laggards) {
    test(`codes that come before the ${what} are scanned when it is there`, async () => {
      const firm = await organisation('traces');
      const page = await (await person(firm, 'dev')).newPage();
      const letCome = await openWithout(page, pattern);
      const codes = ['EARLY1', 'EARLY2', 'EARLY3'].map((code) => code + parent.slice(-1));
      for (const code of [parent, ...codes]) {
        await scan(page, code, suffix);
        await page.waitForTimeout(pause);
      }
      letCome();
      await assertHolds(firm, parent, codes);
      assert.equal(await leftInField(page), '');
    });
  }

  test('what is typed to sign in is no code', async () => {
    const firm = await organisation('traces');
    const page = await (await visitor(firm)).newPage();
    const letCome = await openWithout(page, /\/api\/session$/);
    await scan(page, 'SB80009');
    letCome();
    await page.getByLabel('User name').focus();
    await page.keyboard.type(firm.username('dev'));
    await page.getByLabel('Password', { exact: true }).focus();
    await scan(page, password);
    await page.getByText('nothing to tap').waitFor();
    assert.equal(await leftInField(page), '');
    assert.match(page.url(), /\/scan$/);
  });
}

/** At the scan screen's address, with its script running, while this is still on its way. */
async function openWithout(page: Page, late: RegExp): Promise<() => void> {
  let letCome = () => {};
  const come = new Promise<void>((settle) => (letCome = settle));
  const asked = new Promise<void>((settle) => {
    void page.route(late, async (route) => {
      settle();
      await come;
      await route.continue();
    });
  });
  await page.goto('/scan', { waitUntil: 'commit' });
  await asked;
  return letCome;
}

async function assertHolds(firm: Organisation, parent: string, codes: readonly string[]): Promise<void> {
  const api = await firm.as('bina');
  const inside = async () => (await api.bags.get(parent).catch(() => null))?.children ?? [];
  await within(5_000, async () => (await inside()).length >= codes.length);
  assert.deepEqual(await inside(), codes);
}

const leftInField = (page: Page) => page.getByRole('textbox').inputValue();
