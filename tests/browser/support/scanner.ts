/** Scanner: a keyboard wedge. Real key events, faster than any hand. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { verdicts, type Verdict } from './watch';

export type Suffix = 'Enter' | 'Tab' | 'Control+j' | null;

export async function scan(page: Page, code: string, suffix: Suffix = 'Enter'): Promise<void> {
  // All at once, as a scanner does: no pause in a code that a busy machine makes.
  await Promise.all([...code, ...(suffix === null ? [] : [suffix])].map((key) => page.keyboard.press(key)));
}

/** Scan, and wait for what the screen says about it. */
export async function scanAndSee(page: Page, code: string): Promise<Verdict> {
  const before = (await verdicts(page)).length;
  await scan(page, code);
  return nextVerdict(page, before);
}

export async function nextVerdict(page: Page, before: number): Promise<Verdict> {
  await page.waitForFunction((count) => window.notes.verdicts.length > count, before, { timeout: 10_000 });
  const all = await verdicts(page);
  const last = all[all.length - 1];
  assert.ok(last);
  return last;
}

/** Open a parent and wait until the server has spoken about it. */
export async function openParent(page: Page, code: string): Promise<void> {
  await scan(page, code);
  await page.locator('h1', { hasText: code }).waitFor();
  await page.locator('.of', { hasText: /^of \d+$/ }).waitFor();
  await page.locator('aside h2, .last').first().waitFor({ state: 'attached' });
}

export async function counter(page: Page): Promise<string> {
  return `${await page.locator('.giant').first().innerText()} ${await page.locator('.of').first().innerText()}`;
}

export const colours = {
  linked: 'rgb(20, 96, 43)',
  already: 'rgb(242, 182, 50)',
  refused: 'rgb(163, 22, 27)',
  kept: 'rgb(44, 74, 99)',
  done: 'rgb(242, 193, 78)',
} as const;

/** That a verdict has the colour of its kind, and these words. */
export function assertVerdict(verdict: Verdict, tone: keyof typeof colours, words: RegExp): void {
  assert.equal(verdict.tone, tone, JSON.stringify(verdict));
  assert.equal(verdict.colour, colours[tone]);
  assert.match(verdict.text, words);
}
