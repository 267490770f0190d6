/** Watch: writes down what a page shows, plays and complains about, because a verdict is gone in 0.7 s. */
import type { BrowserContext, Page } from 'playwright-core';

export interface Verdict {
  tone: string; // the colour's class
  colour: string; // as it was painted
  text: string;
}

export interface Watched {
  complaints: string[];
}

interface Notes {
  verdicts: Verdict[];
  sounds: number[]; // hertz
  violations: string[];
}

declare global {
  interface Window {
    notes: Notes;
  }
}

export async function watch(context: BrowserContext): Promise<Watched> {
  const complaints: string[] = [];
  await context.exposeBinding('complain', (_source, words: string) => void complaints.push(words));
  await context.addInitScript(takeNotes);
  context.on('page', (page) => listen(page, complaints));
  for (const page of context.pages()) listen(page, complaints);
  return { complaints };
}

function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    // A refused scan is a 409 and being offline is no answer; the browser reports both by itself.
    const own = !/^Failed to load resource|blocked by Playwright$/.test(message.text());
    if (own && (message.type() === 'error' || message.type() === 'warning'))
      complaints.push(`${page.url()}: ${message.text()}`);
  });
}

/** Runs in the page, before anything of it. */
function takeNotes(): void {
  const notes: Notes = { verdicts: [], sounds: [], violations: [] };
  window.notes = notes;
  let last = '';
  const look = () => {
    const shown = document.querySelector<HTMLElement>('.verdict');
    const text = shown?.innerText.replace(/\s+/g, ' ').trim() ?? '';
    const tone =
      Array.from(shown?.classList ?? []).find((name) => /^(linked|already|refused|kept|done)$/.test(name)) ?? '';
    if (shown !== null && `${tone} ${text}` !== last)
      notes.verdicts.push({ tone, text, colour: getComputedStyle(shown).backgroundColor });
    last = shown === null ? '' : `${tone} ${text}`;
  };
  new MutationObserver(look).observe(document, {
    childList: true,
    subtree: true,
    attributes: true,
    characterData: true,
  });

  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
    notes.sounds.push(Math.round(this.frequency.value));
    start.call(this, when);
  };
  const { complain } = window as unknown as { complain: (words: string) => void };
  document.addEventListener('securitypolicyviolation', (event) =>
    complain(`${event.violatedDirective} refused ${event.blockedURI} ${event.sample}`),
  );
}

export async function verdicts(page: Page): Promise<Verdict[]> {
  return page.evaluate(() => window.notes.verdicts);
}

export async function sounds(page: Page): Promise<number[]> {
  return page.evaluate(() => window.notes.sounds);
}
