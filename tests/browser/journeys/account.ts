/** One's own account: name, password, sessions, requests and what is told of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { password, type Organisation } from '../../api/support/organisation';
import { quote, sql } from '../../api/support/sql';
import { address, another, carry, desktop, open, organisation, phone, visitor } from '../support/stage';

const fresh = 'seven lorries in the rain';

export function account(): void {
  test('name and e-mail are changed, and the new name shows at once', async () => {
    const firm = await organisation('account');
    const page = await open(await signedIn(firm, 'dev', desktop), '/you');
    await page.getByRole('button', { name: 'Change name or e-mail' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('User name').fill(firm.username('ada'));
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('User name is taken.').waitFor();
    await dialog.getByLabel('User name').fill(firm.username('devika'));
    await dialog.getByLabel('E-mail').fill('devika@example.org');
    await dialog.getByLabel('Current password').fill(password);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('devika@example.org').waitFor();
    await page.locator('nav.rail', { hasText: firm.username('devika') }).waitFor();
    await sql(
      firm.server,
      `UPDATE users SET username = ${quote(firm.username('dev'))} WHERE username = ${quote(firm.username('devika'))}`,
    );
  });

  test('another password ends the session of the other browser and keeps this one', async () => {
    const firm = await organisation('account');
    const page = await open(await signedIn(firm, 'bala'), '/you/password');
    const other = await open(await signedIn(firm, 'bala'), '/bags');
    await page.getByLabel('Current password').fill('not this one at all');
    await page.getByLabel('New password', { exact: true }).fill(fresh);
    await page.getByLabel('New password again').fill(fresh);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Current password is not your password.').waitFor();
    await page.getByLabel('Current password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByText('Your password is changed. All your other sessions were ended.').waitFor();

    await other.reload();
    await other.getByLabel('User name').fill(firm.username('bala'));
    await other.getByLabel('Password').fill(fresh);
    await other.getByRole('button', { name: 'Sign in' }).click();
    await other.getByRole('heading', { name: 'Bags' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Password' }).waitFor();
  });

  test('a session is ended from the list, and then all others', async () => {
    const firm = await organisation('account');
    const page = await open(await signedIn(firm, 'diya'), '/you/sessions');
    const other = await open(await visitor(firm), '/');
    await other.getByLabel('User name').fill(firm.username('diya'));
    await other.getByLabel('Password').fill(password);
    await other.keyboard.press('Enter');
    await other.getByRole('heading', { name: 'Home' }).waitFor();

    await page.reload();
    await page.getByText('this one').waitFor();
    await page.getByRole('button', { name: /^End Chrome on Linux/ }).click();
    await page.getByRole('button', { name: 'End it' }).click();
    await page.getByRole('button', { name: /^End Chrome on Linux/ }).waitFor({ state: 'detached' });
    await other.reload();
    await other.getByRole('button', { name: 'Sign in' }).waitFor();

    const api = await firm.signIn('diya');
    await page.reload();
    await page.getByRole('button', { name: 'End all others' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'End all others' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'End all others' }).waitFor({ state: 'detached' });
    assert.equal((await api.call('GET', '/api/session')).status, 401);
    await page.getByText('this one').waitFor();
  });

  test('a promotion is asked for, and its outcome comes as a notification', async () => {
    const firm = await organisation('account');
    const page = await open(await signedIn(firm, 'bina'), '/you');
    await page.getByText('Nothing new').waitFor();
    await page.getByRole('link', { name: 'Become an administrator' }).click();
    await page.getByLabel('Why you need it').fill('Please');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByText('Use 10 to 500 characters; these are 6.').waitFor();
    await page.getByLabel('Why you need it').fill('I keep the store on Sundays.');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByRole('heading', { name: 'Waiting for an answer' }).waitFor();

    const ada = await firm.as('ada');
    const { items } = await ada.promotions.list({ state: 'pending' });
    assert.deepEqual(
      items.map(({ reason }) => reason),
      ['I keep the store on Sundays.'],
    );
    await ada.promotions.decide(items[0]?.id ?? 0, false, 'Ask again in spring.');
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByRole('status').getByText('Your request was refused').waitFor();
    await page.getByRole('link', { name: 'Show' }).click();
    await page.getByText('You stay what you are. Ask again in spring.').waitFor();
    await page.getByRole('link', { name: 'Your request was refused' }).click();
    await page.getByText('“Ask again in spring.”').waitFor();
    await page.getByLabel('Why you need it').waitFor();

    await open(page.context(), '/notifications');
    await page.getByRole('listitem').waitFor();
    assert.equal(await page.getByText('new', { exact: true }).count(), 0, 'it was read');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No notifications').waitFor();
    assert.deepEqual((await (await firm.as('bina')).notifications.list()).items, []);
  });

  test('notifications are counted in the menu, and read all at once', async () => {
    const firm = await organisation('account');
    await sql(
      firm.server,
      `INSERT INTO notification (org_id, user_id, title, message)
       SELECT org_id, id, 'Note ' || n, 'Something happened.' FROM users, generate_series(1, 3) AS n WHERE username = ${quote(firm.username('lata'))}`,
    );
    const page = await open(await signedIn(firm, 'lata', desktop), '/bags');
    await page.getByRole('link', { name: /3 unread\s*Notifications/ }).click();
    await page.getByText('Note 3').waitFor();
    await page.getByRole('button', { name: 'Mark as read' }).first().click();
    await page.getByRole('link', { name: /2 unread\s*Notifications/ }).waitFor();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('link', { name: /^Notifications/ }).waitFor();
    assert.equal((await (await firm.as('lata')).notifications.list()).unread, 0);
  });

  test('five minutes before the end the screen says so, and one can stay', async () => {
    const firm = await organisation('account');
    const warning = (page: Page) => page.getByText(/You will be signed out in \d minutes?\./);
    const early = await open(await rested(firm, 'amar', 24), '/you/password');
    await early.waitForLoadState('networkidle');
    assert.equal(await warning(early).count(), 0);

    const page = await open(await rested(firm, 'amar', 26), '/you/password'); // a screen that asks for nothing by itself
    await warning(page).waitFor();
    assert.ok((await idleLeft(page)) < 300);
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await warning(page).waitFor({ state: 'detached' });
    assert.ok((await idleLeft(page)) > 1_700);
  });
}

/** Their own browser, with a session of its own. */
async function signedIn(firm: Organisation, name: string, viewport = phone): Promise<BrowserContext> {
  const context = await visitor(firm, { viewport });
  await carry(context, await firm.signIn(name), firm);
  return context;
}

/** A browser that has asked for nothing for so many minutes, at a server that never heard of it. */
async function rested(firm: Organisation, name: string, minutes: number): Promise<BrowserContext> {
  const api = await firm.signIn(name);
  const { items } = await api.sessions.list();
  const fresh = await another({});
  await sql(
    firm.server,
    `UPDATE session SET used_at = now() - interval '${minutes} minutes' WHERE id = ${items.find(({ current }) => current)?.id ?? 0}`,
  );
  const context = await visitor(firm, { baseURL: await address(firm, fresh) });
  await carry(context, api, firm);
  return context;
}

const idleLeft = (page: Page) =>
  page.evaluate(async () => ((await (await fetch('/api/session')).json()) as { idle_left: number }).idle_left);
