/**
 * Gallery: every screen, on a phone and on a desk, light and dark. Each must fit, be open to
 * everybody; with PICTURES=1 its picture is taken into build/screenshots, for people to look at.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import axe, { type AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { ImportsApi, LabelsApi, uuid7 } from '../../../web/src/api';
import { Organisation, password } from '../../api/support/organisation';
import { program } from '../../api/support/server';
import { sql } from '../../api/support/sql';
import { scan, scanAndSee } from '../support/scanner';
import { desktop, open, organisation, person, phone, theServer, visitor } from '../support/stage';
import { fileOf } from '../../api/support/files';

const demoPassword = 'only for these pictures';
const folder = 'build/screenshots';
export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Where tables have the least room: without the menu beside them, and with it. */
const tightest = [768, 1024];

const paper = { light: 'rgb(250, 246, 236)', dark: 'rgb(18, 26, 20)' };

export interface Screen {
  name: string;
  path: string;
  press?: string; // the button that opens it on that page
  act?: (page: Page) => Promise<void>; // what leads to it where one button does not
  ready: string; // a selector of what comes last
}

const screens: readonly Screen[] = [
  { name: 'dashboard', path: '/', ready: 'ol li p' },
  { name: 'scan-start', path: '/scan', ready: 'form input' },
  { name: 'search', path: '/search?q=SB', ready: 'main ul li' },
  { name: 'bags', path: '/bags?kind=parent', ready: 'tbody tr' },
  { name: 'bills', path: '/bills', ready: 'tbody tr' },
  { name: 'bill-new', path: '/bills/new', ready: 'form' },
  { name: 'labels', path: '/labels', ready: 'tbody tr' },
  { name: 'returns', path: '/returns', ready: 'tbody tr' },
  { name: 'return-new', path: '/returns/new', ready: 'form' },
  { name: 'scans', path: '/scans', ready: 'ol li p' },
  { name: 'manage', path: '/manage', ready: 'main ul .due' },
  { name: 'users', path: '/users', ready: 'tbody tr' },
  { name: 'user-new', path: '/users/new', ready: 'select' },
  {
    name: 'user-made-up',
    path: '/users/new',
    press: 'Make one up',
    ready: 'input[type=text][autocomplete=new-password]',
  },
  { name: 'areas', path: '/areas', ready: 'tbody tr' },
  { name: 'area-edit', path: '/areas', press: 'Indore', ready: 'dialog form' },
  { name: 'families', path: '/families', ready: 'tbody tr' },
  { name: 'family-new', path: '/families', press: 'New family', ready: 'dialog form' },
  { name: 'promotions', path: '/promotions', ready: 'main li' },
  { name: 'promotion-decision', path: '/promotions', press: 'Approve biller.amrita', ready: 'dialog form' },
  { name: 'settings', path: '/settings', ready: 'form' },
  { name: 'imports', path: '/imports', ready: 'tbody tr' },
  { name: 'health', path: '/system', ready: 'tbody tr' },
  { name: 'jobs', path: '/jobs', ready: '.table, .empty' },
  { name: 'audit', path: '/audit', ready: 'tbody tr' },
  { name: 'audit-checked', path: '/audit', press: 'Check the log', ready: '.check .button' },
  { name: 'you', path: '/you', ready: 'dl' },
  { name: 'missing', path: '/nothing/here', ready: '.empty' },
];

export function gallery(): void {
  for (const theme of themes) {
    test(`every screen fits a phone and is open to everybody, ${theme}`, async () => {
      const firm = await busyFirm();
      const context = await person(firm, 'ada', { colorScheme: theme });
      for (const screen of [...screens, ...(await examples(firm))]) await visit(context, screen, theme);
      const outside = await visitor(firm, { colorScheme: theme });
      await visit(outside, { name: 'sign-in', path: '/', ready: 'form' }, theme);
      await visit(outside, { name: 'setup', path: '/setup#token=0123', ready: 'form' }, theme);
    });
  }

  for (const [device, viewport] of [
    ['phone', phone],
    ['desktop', desktop],
  ] as const) {
    test(`the scan screen shows each verdict on a ${device}`, async () => {
      const firm = await organisation(device);
      const context = await person(firm, 'dev', { viewport, reducedMotion: 'no-preference', serviceWorkers: 'allow' });
      await scanTheWholeWay(firm, context, device);
    });
  }

  test('dark can be chosen by hand and stays', async () => {
    const firm = await organisation('keyboard');
    const page = await open(await person(firm, 'bina'), '/you');
    assert.equal(await background(page), paper.light);
    await page.getByRole('button', { name: 'Dark' }).click();
    assert.equal(await background(page), paper.dark);
    await page.reload();
    await page.locator('h1').waitFor();
    assert.equal(await background(page), paper.dark);
  });
}

/** A small made-up year has few days in a month; a picture wants a warehouse at work. */
const lively = `
  INSERT INTO counter_hour AS c (org_id, day, hour, slot, scans, linked, parents_completed, bills_completed)
  SELECT 1, d::date, h, 0, n, n * 9 / 10, n / 31, (h IN (12, 17))::integer * (1 + extract(day FROM d)::integer % 3)
    FROM (SELECT now() AT TIME ZONE 'Asia/Kolkata' AS now) AS t,
         generate_series(t.now::date - 40, t.now::date, interval '1 day') AS d, generate_series(7, 19) AS h,
         LATERAL (SELECT (120 * (1 + 0.35 * sin(h * 1.3)) * (0.75 + 0.25 * sin(extract(day FROM d) * 0.9))
                          * CASE WHEN extract(dow FROM d) = 0 THEN 0.2 ELSE 1 END)::integer AS n) AS work
   WHERE d + h * interval '1 hour' < t.now
      ON CONFLICT (org_id, day, hour, slot) DO UPDATE SET scans = c.scans + EXCLUDED.scans, linked = c.linked + EXCLUDED.linked,
         parents_completed = c.parents_completed + EXCLUDED.parents_completed, bills_completed = c.bills_completed + EXCLUDED.bills_completed`;

const busiestPacker = `
  SELECT user_id FROM scan WHERE org_id = 1 AND at > now() - interval '30 days' AND kind = 'link'
   GROUP BY user_id ORDER BY count(*) DESC, user_id LIMIT 1`;

let busy: Promise<Organisation> | undefined;

/** The first organisation, with a made-up year in it. */
function busyFirm(): Promise<Organisation> {
  busy ??= theServer().then(async (server) => {
    const words = ['demo', '--database', server.database, '--bags', '30000', '--password', demoPassword];
    await promisify(execFile)(program, words);
    await sql(server, lively);
    const firm = await Organisation.first(server);
    await askers(firm);
    await new ImportsApi(await firm.as('ada')).start('bags', [fileOf('KID70000,child\n', 'bags.csv')]);
    await new LabelsApi(await firm.as('ada')).print({ paper: 'a4_24', format: 'pdf', first: 'SB90001', count: 48 });
    return firm;
  });
  return busy;
}

/** Somebody who waits to be let in, one whom wrong passwords lock, and one who wants to be an administrator. */
async function askers(firm: Organisation): Promise<void> {
  const stranger = firm.stranger();
  await stranger.entrance.register({ username: 'bhavna.waits', email: 'bhavna@example.org', password });
  for (let i = 0; i < 5; i++)
    await stranger.session.signIn({ username: 'aditi', password: 'not this one' }).catch(() => undefined);
  const amrita = firm.stranger();
  await amrita.session.signIn({ username: 'biller.amrita', password: demoPassword });
  await amrita.promotions.ask('I close the store on Sundays, when no administrator is there.');
}

/** A bag with a history, a bill that is half done, and people of all kinds. */
async function examples(firm: Organisation): Promise<Screen[]> {
  const api = await firm.as('ada');
  const bills = (await api.bills.list({ status: 'processing' })).items;
  const bill = bills[0] ?? (await api.bills.list()).items[0];
  const bags = (await api.bags.list({ kind: 'parent', status: 'completed', billed: true })).items;
  const [packer] = await sql(firm.server, busiestPacker);
  const [locked] = (await api.users.list({ q: 'aditi' })).items;
  assert.ok(bill && bags[0] && packer && locked);
  await api.users.patch(locked.id, { email: 'aditi@example.org', area: 'Indore' });
  const ticket = await api.returns.create({ location: 'C&F Indore', notes: 'Two sacks are wet.' });
  for (const { qr } of bags.slice(1, 4)) await api.returns.addBag(ticket.code, { id: uuid7(), qr });
  const files = [fileOf('1,KID70001\n2,no code!\n3,SB70001\n', 'hall.csv')];
  const { id } = await new ImportsApi(api).start('children', files);
  const { days } = await api.stats.activity(60);
  const busiest = days.reduce((best, day) => (day.scans > best.scans ? day : best)).day;
  return [
    { name: 'end-of-day', path: `/eod_summary_preview?day=${busiest}`, ready: 'tbody tr' },
    { name: 'import', path: `/import/${id}`, ready: 'tbody tr' },
    { name: 'return', path: `/return/${ticket.code}`, ready: 'main ul li' },
    { name: 'return-scan', path: `/return/${ticket.code}/scan`, ready: '.of' },
    { name: 'bag', path: `/bag/${bags[0].qr}`, ready: 'ol li p' },
    { name: 'bill', path: `/bill/${bill.code}`, ready: 'ol li p' },
    { name: 'audit-unfolded', path: '/audit?action=user_edit', press: 'Changed an account', ready: '.unfolded dl' },
    { name: 'user', path: `/user/${packer[0]}`, ready: 'section svg[role=img]' },
    { name: 'user-edit', path: `/user/${packer[0]}`, press: 'Edit', ready: 'dialog form' },
    { name: 'user-locked', path: `/user/${locked.id}`, ready: 'section svg[role=img]' },
    { name: 'bill-scan', path: `/bill/${bill.code}/scan`, ready: '.of' },
  ];
}

export async function visit(
  context: BrowserContext,
  { name, path, press, act, ready }: Screen,
  theme: Theme,
): Promise<void> {
  const page = await open(context, path);
  if (press !== undefined) await page.getByRole('button', { name: press, exact: true }).click();
  await act?.(page);
  await page.locator(ready).first().waitFor();
  assert.equal(await background(page), paper[theme], `${name} is ${theme}`);
  for (const [device, viewport] of [
    ['phone', phone],
    ['desktop', desktop],
  ] as const) {
    await page.setViewportSize(viewport);
    await assertFits(page, `${name} on a ${device}`);
    if ((theme === 'light') === (device === 'phone')) await assertOpenToAll(page, `${name}, ${device}, ${theme}`);
    await picture(page, `${name}-${device}-${theme}`);
  }
  for (const width of theme === 'light' ? tightest : []) {
    await page.setViewportSize({ width, height: desktop.height });
    await assertFits(page, `${name} at ${width}`);
  }
  await page.setViewportSize(phone);
}

async function assertFits(page: Page, where: string): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wider, 0, `${where} scrolls sideways`);
}

async function assertOpenToAll(page: Page, where: string): Promise<void> {
  // A colour on its way from one to the other is none of the two.
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(ending.map((each) => each.finished));
  });
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => {
    const { axe: run } = window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    return run.run({ resultTypes: ['violations'] });
  });
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const words = serious.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
  );
  assert.deepEqual(words, [], where);
}

async function scanTheWholeWay(firm: Organisation, context: BrowserContext, device: string): Promise<void> {
  const api = await firm.as('bina');
  for (let i = 0; i < 16; i++)
    await api.scans.add({ id: uuid7(), parent: 'SB12345', child: `KID${String(i + 26).padStart(5, '0')}` });
  await api.scans.add({ id: uuid7(), parent: 'SB12001', child: 'KID00009' });
  const page = await open(context, '/scan/SB12345');
  await page.locator('.of', { hasText: 'of 30' }).waitFor();

  await scanAndSee(page, 'KID00042');
  await picture(page, `scan-linked-${device}`);
  await page.locator('.verdict').waitFor({ state: 'detached' });
  await picture(page, `scan-${device}-light`);
  await assertOpenToAll(page, `scan, ${device}`);
  await scanAndSee(page, 'KID00041');
  await picture(page, `scan-already-${device}`);
  for (const [name, code] of [
    ['elsewhere', 'KID00009'],
    ['a-parent', 'SB12001'],
    ['bad-code', '#'],
  ] as const) {
    await scanAndSee(page, code);
    await picture(page, `scan-${name}-${device}`);
    await assertOpenToAll(page, `scan, ${name}, ${device}`);
  }
  await page.keyboard.press('Escape');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined)); // what comes now needs no network
  await context.setOffline(true);
  await scanAndSee(page, 'KID00043');
  await picture(page, `scan-kept-${device}`);
  await page.locator('.verdict').waitFor({ state: 'detached' });
  await picture(page, `scan-offline-${device}`);
  await page.getByRole('button', { name: /waiting/ }).click();
  await page.getByRole('dialog').waitFor();
  await picture(page, `tray-${device}`);
  await page.getByRole('button', { name: 'Close' }).click();
  await context.setOffline(false);
  await page.locator('.giant', { hasText: '18' }).first().waitFor();
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(200); // the colours of buttons change slowly
  await picture(page, `scan-${device}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
  for (let i = 0; i < 12; i++) await scan(page, `KID00${i + 150}`);
  await page.locator('.verdict.done').waitFor();
  await page.waitForTimeout(450); // the leaves are in the air
  await picture(page, `scan-done-${device}`);
}

const background = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

async function picture(page: Page, name: string): Promise<void> {
  if (process.env['PICTURES'] === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png` });
}
