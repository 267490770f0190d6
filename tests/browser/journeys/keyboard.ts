/** Without a mouse: one letter goes to a screen, and everything can be reached with Tab. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { desktop, open, organisation, person } from '../support/stage';

export function keyboard(): void {
  test('the keys /, s, b, Esc and ? do what the screen of keys says', async () => {
    const firm = await organisation('keyboard');
    const page = await open(await person(firm, 'bina', { viewport: desktop }), '/');
    await press(page, '/', /\/search$/, 'Search');
    await page.locator('input[type=search]:focus').waitFor();
    await page.keyboard.press('Escape'); // leaves the field
    await press(page, 'Escape', /\/$/, 'Home');
    await press(page, 's', /\/scan$/, 'Scan');
    await page.getByText('Scan a parent bag').first().waitFor();
    await page.keyboard.type('b');
    await page.waitForTimeout(200);
    assert.match(page.url(), /\/scan$/, 'letters belong to the scanner here');
    await page.keyboard.press('Backspace');
    await press(page, 'Escape', /\/$/, 'Home');
    await press(page, 'b', /\/bills$/, 'Bills');
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await keys.waitFor();
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'detached' });
    assert.match(page.url(), /\/bills$/);
  });

  test('Tab goes through the page with a visible focus, the link past the menu first', async () => {
    const firm = await organisation('keyboard');
    const page = await open(await person(firm, 'bina', { viewport: desktop }), '/bills');
    await page.getByRole('heading', { name: 'Bills', level: 1 }).waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    const seen: string[] = [];
    while (!seen.includes('New bill') && seen.length < 30) {
      await page.keyboard.press('Tab');
      const { words, outline } = await page.evaluate(() => {
        const focus = document.activeElement as HTMLElement;
        return {
          words: focus.innerText || focus.getAttribute('aria-label') || '',
          outline: getComputedStyle(focus).outlineStyle,
        };
      });
      assert.notEqual(outline, 'none', `${words} shows that it has the focus`);
      seen.push(words.trim());
    }
    assert.equal(seen[0], 'Skip to the page');
    assert.ok(seen.includes('New bill'), seen.join(', '));
  });
}

/** The address changes before the screen does: until then the keys still go to the old one. */
async function press(page: Page, key: string, address: RegExp, heading: string): Promise<void> {
  await page.keyboard.press(key);
  await page.waitForURL(address);
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
}
