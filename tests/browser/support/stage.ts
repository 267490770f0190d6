/**
 * Stage: one server and one Chromium for all journeys.
 *
 * A host name stands for an organisation, so every journey plays among rows of its own. Names under
 * .localhost lead to this machine and count as secure, as a real installation's do.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import type { Api } from '../../../web/src/api';
import { Organisation } from '../../api/support/organisation';
import { Server } from '../../api/support/server';
import { watch, type Watched } from './watch';

const candidates = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

export const launchOptions = {
  executablePath: candidates.find((path) => path !== undefined && existsSync(path)) ?? 'chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export const phone = { width: 360, height: 640 };
export const desktop = { width: 1440, height: 900 };

/** Behind one proxy, so that each client has an address of its own: wrong passwords are counted by address, always. */
const settings = { rate_limits: 'off', proxies: '1' };

let server: Promise<Server> | undefined;
let browser: Promise<Browser> | undefined;
const others: Server[] = [];
const organisations = new Map<string, Promise<Organisation>>();
const watched: Watched[] = [];
let contexts: BrowserContext[] = [];

export function theServer(): Promise<Server> {
  // Nobody can sign in yet: the first journey makes the first administrator.
  server ??= Server.start({ settings, env: { ADMIN_PASSWORD: '' } });
  return server;
}

/** Another server beside it, at the same database, with settings of its own. */
export async function another(own: Record<string, string>): Promise<Server> {
  const { database } = await theServer();
  const made = await Server.start({ database, settings: { ...settings, ...own } });
  others.push(made);
  return made;
}

function theBrowser(): Promise<Browser> {
  browser ??= chromium.launch(launchOptions);
  return browser;
}

/** The organisation of a journey. */
export function organisation(name: string): Promise<Organisation> {
  const made =
    organisations.get(name) ?? theServer().then((running) => Organisation.make(running, `${name}.localhost`, name));
  organisations.set(name, made);
  return made;
}

export async function address(of?: Organisation, at?: Server): Promise<string> {
  const { base, port } = at ?? (await theServer());
  return of === undefined ? base : `http://${of.host}:${port}`;
}

/** A browser without a session, at this organisation. */
export async function visitor(of?: Organisation, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const usual = {
    baseURL: await address(of),
    viewport: phone,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  } as const;
  const context = await (await theBrowser()).newContext({ ...usual, ...options });
  return attended(context);
}

/** A context that lives on disk, as a phone's browser does; it is watched as well. */
export async function restart(
  folder: string,
  of: Organisation,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(folder, {
    ...launchOptions,
    baseURL: await address(of),
    viewport: phone,
    ...options,
  });
  return attended(context);
}

async function attended(context: BrowserContext): Promise<BrowserContext> {
  context.setDefaultTimeout(10_000);
  contexts.push(context);
  watched.push(await watch(context));
  return context;
}

/** Somebody's browser, signed in; the session is shared with all others of that name. */
export async function person(
  of: Organisation,
  name: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await visitor(of, options);
  await carry(context, await of.as(name), of);
  return context;
}

/** Give a browser the session of a client. */
export async function carry(context: BrowserContext, api: Api, of: Organisation): Promise<void> {
  const cookies = (api.jar?.header() ?? '').split('; ').map((pair) => pair.split(/=(.*)/));
  const url = await address(of);
  await context.addCookies(
    cookies.map(([name = '', value = '']) => ({ name, value, url, httpOnly: true, sameSite: 'Lax' as const })),
  );
}

export async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(path);
  await page.locator('main h1').first().waitFor();
  return page;
}

/** Nothing may have been refused by the content policy or complained about on any page so far. */
export function assertNoComplaints(): void {
  assert.deepEqual(
    watched.flatMap(({ complaints }) => complaints),
    [],
  );
}

/** A journey leaves no page behind that would go on asking the server. */
export async function leave(): Promise<void> {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
}

export async function strike(): Promise<void> {
  await (await browser)?.close();
  for (const other of others) await other.stop();
  await (await server)?.stop();
}
