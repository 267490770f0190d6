/** Gallery of accounts: the screens of one's own account and of the ways in. */
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { Organisation, password } from '../../api/support/organisation';
import { quote, sql } from '../../api/support/sql';
import { codeOf } from '../../api/support/totp';
import { PostOffice } from '../support/post_office';
import { address, another, carry, organisation, person, visitor } from '../support/stage';
import { themes, visit, type Screen, type Theme } from './gallery';

const browsers = [
  'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0',
];

const fillSecret = async (page: Page) => {
  await page.getByRole('button', { name: 'Set it up' }).click();
  const secret = (await page.locator('.secret').innerText()).replace(/\s/g, '');
  await page.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret));
  await page.keyboard.press('Enter');
};

const signInAs =
  (username: string, secret = password) =>
  async (page: Page) => {
    await page.getByLabel('User name').fill(username);
    await page.getByLabel('Password').fill(secret);
    await page.keyboard.press('Enter');
  };

const own: readonly Screen[] = [
  { name: 'you', path: '/you', ready: 'dl' },
  { name: 'you-edit', path: '/you', press: 'Change name or e-mail', ready: 'dialog form' },
  { name: 'password', path: '/you/password', ready: 'form' },
  { name: 'password-wrong', path: '/you/password', press: 'Change the password', ready: '[aria-invalid=true]' },
  { name: 'second-factor', path: '/you/second-factor', ready: '.primary' },
  { name: 'second-factor-set-up', path: '/you/second-factor', press: 'Set it up', ready: 'svg[role=img]' },
  { name: 'sessions', path: '/you/sessions', ready: 'main li' },
  { name: 'promotion', path: '/you/promotion', ready: 'main li' },
  { name: 'notifications', path: '/notifications', ready: 'main li' },
];

export function galleryOfAccounts(): void {
  for (const theme of themes) {
    test(`every screen of one's own account fits a phone and is open to everybody, ${theme}`, async () => {
      const firm = await eventfulFirm();
      const context = await person(firm, 'dev', { colorScheme: theme });
      for (const screen of own) await visit(context, screen, theme);
      await visit(
        context,
        { name: 'news', path: '/', act: (page) => happen(firm, page), ready: '.notice strong' },
        theme,
      );
      const newcomer = await person(firm, theme === 'light' ? 'bina' : 'bala', { colorScheme: theme });
      await visit(
        newcomer,
        { name: 'recovery-codes', path: '/you/second-factor', act: fillSecret, ready: 'ul li' },
        theme,
      );
      await visit(newcomer, { name: 'second-factor-on', path: '/you/second-factor', ready: '.danger' }, theme);
    });

    test(`every way in fits a phone and is open to everybody, ${theme}`, async () => {
      await waysIn(await eventfulFirm(), theme);
    });
  }
}

async function waysIn(firm: Organisation, theme: Theme): Promise<void> {
  const office = new PostOffice();
  const strict = await another({
    require_2fa_admin: 'on',
    smtp_url: await office.open(),
    from_email: 'bags@example.com',
    base_url: 'https://bags.example',
  });
  const outside = await visitor(firm, { colorScheme: theme, baseURL: await address(firm, strict) });
  const locked = firm.username('indra');
  for (let i = 0; i < 5; i++)
    await firm
      .stranger()
      .session.signIn({ username: locked, password: 'wrong' })
      .catch(() => undefined);
  const send = async (page: Page) =>
    page
      .getByLabel('E-mail')
      .fill('bala@example.org')
      .then(() => page.keyboard.press('Enter'));

  await visit(outside, { name: 'sign-in-locked', path: '/', act: signInAs(locked), ready: '[role=alert]' }, theme);
  await visit(outside, { name: 'sign-in-wrong', path: '/', press: 'Sign in', ready: '[aria-invalid=true]' }, theme);
  await visit(outside, { name: 'register', path: '/register', ready: 'form' }, theme);
  await visit(outside, { name: 'forgotten', path: '/forgotten', ready: 'form' }, theme);
  await visit(outside, { name: 'forgotten-sent', path: '/forgotten', act: send, ready: '.card > p' }, theme);
  await visit(outside, { name: 'reset', path: '/reset#token=0123', ready: 'form' }, theme);
  await visit(
    outside,
    {
      name: 'reset-incomplete',
      path: '/register',
      act: (page) => page.goto('/reset').then(() => undefined),
      ready: '[role=alert]',
    },
    theme,
  );
  await visit(
    await visitor(firm, { colorScheme: theme }),
    { name: 'forgotten-no-mail', path: '/forgotten', ready: '[role=status]' },
    theme,
  );
  await visit(
    outside,
    { name: 'second-factor-required', path: '/', act: signInAs(firm.username('ada')), ready: 'svg[role=img]' },
    theme,
  );
  await passwordRequired(firm, theme);
  await lapsed(firm, theme);
  office.close();
}

async function passwordRequired(firm: Organisation, theme: Theme): Promise<void> {
  const username = firm.username(`meena.${theme}`);
  await (await firm.as('ada')).users.add({ username, password, role: 'dispatcher', temporary: true });
  const context = await visitor(firm, { colorScheme: theme });
  await visit(
    context,
    { name: 'password-required', path: '/', act: signInAs(username), ready: '[name=current]' },
    theme,
  );
}

/** Signed out in the middle of a screen, and asked for the code. */
async function lapsed(firm: Organisation, theme: Theme): Promise<void> {
  const session = await firm.signIn('lata');
  const context = await visitor(firm, { colorScheme: theme });
  await carry(context, session, firm);
  const act = async (page: Page) => {
    await session.session.signOut();
    await page.getByRole('button', { name: 'Parents', exact: true }).click();
  };
  await visit(context, { name: 'lapsed', path: '/bags', act, ready: 'dialog form' }, theme);
}

let made: Promise<Organisation> | undefined;

/** Somebody with several sessions, requests and notifications. */
function eventfulFirm(): Promise<Organisation> {
  made ??= organisation('eventful').then(async (firm) => {
    for (const device of browsers) await elsewhere(firm, device);
    const dev = await firm.as('dev');
    const ada = await firm.as('ada');
    const { id } = await dev.promotions.ask('I close the store on Sundays, when no administrator is there.');
    await ada.promotions.decide(id, false, 'Ask again when the season is over.');
    await tell(firm, 'now()');
    await tell(firm, 'NULL');
    return firm;
  });
  return made;
}

/** A notification for dev. */
async function tell(firm: Organisation, readAt: string): Promise<void> {
  await sql(
    firm.server,
    `INSERT INTO notification (org_id, user_id, title, message, read_at)
     SELECT org_id, id, 'The store closes early', 'Saturday at four, for stock-taking.', ${readAt} FROM users WHERE username = ${quote(firm.username('dev'))}`,
  );
}

/** Something happens while dev looks at the page. */
async function happen(firm: Organisation, page: Page): Promise<void> {
  await page.locator('.bell b').first().waitFor({ state: 'attached' });
  await tell(firm, 'NULL');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

/** A session of dev's in another browser. */
async function elsewhere(firm: Organisation, device: string): Promise<void> {
  const body = { username: firm.username('dev'), password };
  await firm.stranger().call('POST', '/api/session', body, { headers: { 'User-Agent': device } });
}
