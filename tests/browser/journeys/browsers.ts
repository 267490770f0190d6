/** Browsers: what they do to a page by themselves, and how many connections they have. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { uuid7 } from '../../../web/src/api';
import { counter, openParent, scan, scanAndSee } from '../support/scanner';
import { desktop, open, organisation, person } from '../support/stage';

/** As translators do it: the words of each text in elements of their own, where the text was. */
async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts.filter((each) => each.data.trim() !== '')) {
      const inner = document.createElement('font');
      inner.textContent = text.data;
      const outer = document.createElement('font');
      outer.append(inner);
      text.replaceWith(outer);
    }
  });
}

export function browsers(): void {
  test('a page that a browser translates shows what the server has, all the same', async () => {
    const firm = await organisation('browsers');
    const page = await open(await person(firm, 'dev'), '/scan');
    assert.deepEqual(await page.evaluate(() => [document.documentElement.translate, document.documentElement.lang]), [
      false,
      'en',
    ]);
    await openParent(page, 'SB85001');
    await scanAndSee(page, 'TRANS01');
    await translate(page);
    await scanAndSee(page, 'TRANS02');
    await translate(page);
    await scanAndSee(page, 'TRANS03');
    await page.locator('.last', { hasText: 'TRANS03' }).waitFor();
    assert.equal(await counter(page), '3 of 30');
    assert.equal(await page.locator('#app font').count(), 0);

    await page.goto('/');
    await page.getByText('live', { exact: true }).waitFor();
    await translate(page);
    const api = await firm.as('bina');
    await api.scans.add({ id: uuid7(), parent: 'SB85001', child: 'TRANS04' });
    await page.getByText('4', { exact: true }).first().waitFor();
  });

  test('a translator that insists ends neither the page nor the scanning', async () => {
    const firm = await organisation('browsers');
    const page = await open(await person(firm, 'dev'), '/scan');
    await openParent(page, 'SB85002');
    for (let i = 0; i < 8; i++) await translate(page);
    await scan(page, 'INSIST1');
    await page.waitForTimeout(300);
    assert.equal((await (await firm.as('dev')).bags.get('SB85002')).child_count, 1);
  });

  test('pulling, and tapping twice, neither reload nor zoom a page', async () => {
    const firm = await organisation('browsers');
    const page = await open(await person(firm, 'dev'), '/scan');
    const styles = await page.evaluate(() => {
      const { overscrollBehaviorY, touchAction } = getComputedStyle(document.documentElement);
      return [overscrollBehaviorY, touchAction, getComputedStyle(document.body).overscrollBehaviorY];
    });
    assert.deepEqual(styles, ['contain', 'manipulation', 'contain']);
  });

  test('seven tabs of the dashboard hold one stream, and a scan finds a connection', async () => {
    const firm = await organisation('browsers');
    const context = await person(firm, 'ada', { viewport: desktop });
    let streams = 0;
    context.on('request', (request) => (streams += request.url().endsWith('/api/stats/stream') ? 1 : 0));
    const tabs: Page[] = [];
    for (let i = 0; i < 7; i++) {
      const tab = await context.newPage();
      await tab.goto('/');
      await tab.getByText('live', { exact: true }).waitFor();
      tabs.push(tab);
    }
    assert.equal(streams, 1);

    const scanning = await context.newPage();
    await scanning.goto('/scan');
    await openParent(scanning, 'SB85003');
    await scanAndSee(scanning, 'TABS001');

    // The one that listens for all is closed: another goes on, and each still hears what is new.
    await tabs[0]?.close();
    const api = await firm.as('bina');
    const before = (await api.stats.get()).scans;
    await api.scans.add({ id: uuid7(), parent: 'SB85003', child: 'TABS002' });
    for (const tab of tabs.slice(1)) {
      await tab.waitForFunction(
        (wanted) => document.body.innerText.includes(wanted),
        new Intl.NumberFormat('en-IN').format(before + 1),
      );
    }
    assert.equal(streams, 2);
  });

  test('a tab that nobody sees holds no stream', async () => {
    const firm = await organisation('browsers');
    const context = await person(firm, 'ada', { viewport: desktop });
    const page = await open(context, '/');
    await page.getByText('live', { exact: true }).waitFor();
    const ended = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/api/stats/stream'));
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await ended;
    const again = page.waitForRequest((request) => request.url().endsWith('/api/stats/stream'));
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await again;
  });
}
