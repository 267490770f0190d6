/** The ways in: registering, forgotten passwords, second factors, and what stands in front of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { within } from '../../api/support/expect';
import { password } from '../../api/support/organisation';
import { quote, sql } from '../../api/support/sql';
import { codeOf, enrol } from '../../api/support/totp';
import { PostOffice } from '../support/post_office';
import { address, another, carry, open, organisation, visitor } from '../support/stage';

const fresh = 'seven lorries in the rain';

export function entrance(): void {
  test('somebody asks for an account, is approved, and signs in', async () => {
    const firm = await organisation('entrance');
    const page = await open(await visitor(firm), '/');
    await page.getByRole('link', { name: 'Ask for an account' }).click();
    await page.getByRole('button', { name: 'Ask for the account' }).click();
    await page.getByText('Choose a user name.').waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'username');
    await page.getByLabel('User name').fill(firm.username('nila'));
    await page.getByLabel('E-mail').fill('nila@example.org');
    await page.getByLabel('Password', { exact: true }).fill('Rain');
    await page.getByText('Still missing: 4 more characters, a digit, a sign; or 11 more of any kind.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByText('Long enough.').waitFor();
    await page.getByLabel('Password again').fill('something else');
    await page.getByRole('button', { name: 'Ask for the account' }).click();
    await page.getByText('This is not the same password.').waitFor();
    await page.getByLabel('Password again').fill(password);
    await page.keyboard.press('Enter');
    await page.getByText('An administrator has to approve it.').waitFor();

    await page.getByRole('link', { name: 'Go to signing in' }).click();
    await fillSignIn(page, firm.username('nila'));
    await page.getByText('An administrator has to approve this account first.').waitFor();
    const ada = await firm.as('ada');
    const { items } = await ada.users.list({ state: 'waiting' });
    assert.deepEqual(
      items.map(({ username }) => username),
      [firm.username('nila')],
    );
    await ada.users.approve(items[0]?.id ?? 0);
    await fillSignIn(page, firm.username('nila'));
    await page.getByRole('heading', { name: 'Home' }).waitFor();
  });

  test('without mail, and with registration closed, the screens say whom to ask', async () => {
    const closed = await another({ registration: 'off' });
    const page = await open(await visitor(undefined, { baseURL: closed.base }), '/forgotten');
    await page.getByText('This server sends no mail. Ask an administrator').waitFor();
    await page.getByRole('link', { name: 'Back to signing in' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Ask for an account' }).count(), 0);
    await page.goto('/register');
    await page.getByText('Nobody can register here.').waitFor();
  });

  test('the link of a mail gives a new password, once', async () => {
    const firm = await organisation('entrance');
    const office = new PostOffice();
    const here = await another({
      smtp_url: await office.open(),
      from_email: 'bags@example.com',
      base_url: 'https://bags.example',
    });
    await sql(
      firm.server,
      `UPDATE users SET email = 'bala@example.org' WHERE username = ${quote(firm.username('bala'))}`,
    );
    const page = await open(await visitor(firm, { baseURL: await address(firm, here) }), '/');
    await page.getByRole('link', { name: 'Forgotten password' }).click();
    await page.getByLabel('E-mail').fill('bala@example.org');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Look at your mail' }).waitFor();

    const link = () => /https:\/\/bags\.example(\/reset#token=\w+)/.exec(office.letters.join())?.[1] ?? '';
    assert.ok(await within(20_000, () => link() !== ''), office.letters.join());
    await page.goto(link());
    await page.getByLabel('New password', { exact: true }).fill('monsoon');
    await page.getByLabel('New password again').fill('monsoon');
    await page.keyboard.press('Enter');
    await page.getByText('Still missing').waitFor();
    await page.getByLabel('New password', { exact: true }).fill(fresh);
    await page.getByLabel('New password again').fill(fresh);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your password is changed' }).waitFor();
    assert.match(page.url(), /\/reset$/, 'the token is gone from the address');
    await page.getByRole('link', { name: 'Go to signing in' }).click();
    await fillSignIn(page, firm.username('bala'), fresh);
    await page.getByRole('heading', { name: 'Home' }).waitFor();

    await page.goto('/setup'); // another path, so that the link is opened anew
    await page.goto(link());
    await page.getByLabel('New password', { exact: true }).fill(password);
    await page.getByLabel('New password again').fill(password);
    await page.keyboard.press('Enter');
    await page.getByText('This link was used already, or is too old.').waitFor();
    await page.getByRole('link', { name: 'Ask for another link' }).click();
    await page.getByRole('heading', { name: 'Forgotten password' }).waitFor();
    office.close();
  });

  test('a second factor is set up, asked for, and replaced by a recovery code once', async () => {
    const firm = await organisation('entrance');
    const context = await visitor(firm);
    await carry(context, await firm.signIn('diya'), firm);
    const page = await open(context, '/you');
    await page.getByRole('link', { name: 'Second factor' }).click();
    await page.getByRole('button', { name: 'Set it up' }).click();
    await page.getByRole('img', { name: 'QR code' }).waitFor();
    const secret = (await page.locator('.secret').innerText()).replace(/\s/g, '');
    const used = codeOf(secret);
    await page.getByRole('textbox', { name: 'Code' }).fill(used);
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
    const codes = await page.locator('li', { hasText: /^\w{4}(-\w{4})+$/ }).allInnerTexts();
    assert.equal(new Set(codes).size, 10);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download' }).click();
    assert.equal((await download).suggestedFilename(), 'tracetrack-recovery-codes.txt');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Keep the codes first').waitFor();
    await page.getByLabel('I have kept them').check();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('10 recovery codes left.').waitFor();

    const other = await open(await visitor(firm), '/');
    await fillSignIn(other, firm.username('diya'));
    await focused(other, 'code');
    assert.equal(await other.getByRole('alert').count(), 0, 'being asked is no mistake');
    assert.equal(await other.getByLabel('Password').inputValue(), password);
    await other.keyboard.type(used);
    await other.keyboard.press('Enter');
    await other.getByText('That code is wrong, or was used already.').waitFor();
    await focused(other, 'code');
    await other.keyboard.type(codeOf(secret, 1));
    await other.keyboard.press('Enter');
    await other.getByRole('heading', { name: 'Home' }).waitFor();

    const third = await open(await visitor(firm), '/');
    await fillSignIn(third, firm.username('diya'));
    await third.getByRole('button', { name: 'Use a recovery code' }).click();
    await focused(third, 'code');
    assert.notEqual(await third.getByLabel('Recovery code').getAttribute('inputmode'), 'numeric');
    await third.keyboard.type((codes[3] ?? '').toUpperCase());
    await third.keyboard.press('Enter');
    await third.getByRole('heading', { name: 'Home' }).waitFor();

    await page.reload();
    await page.getByText('9 recovery codes left.').waitFor();
    await page.getByRole('button', { name: 'Turn it off' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Password').fill('not this one at all');
    await page.keyboard.press('Enter');
    await dialog.getByText('Password is not your password.').waitFor();
    await dialog.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Set it up' }).waitFor();
    await firm.signIn('diya');
  });

  test('an account that wrong passwords have locked says for how long, and what to do', async () => {
    const firm = await organisation('entrance');
    const stranger = firm.stranger();
    for (let i = 0; i < 4; i++)
      await stranger.session.signIn({ username: firm.username('indra'), password: 'wrong' }).catch(() => undefined);
    const page = await open(await visitor(firm), '/');
    await fillSignIn(page, firm.username('indra'), 'wrong once more');
    const notice = page.getByRole('alert');
    await notice.getByText(/You can try again in 1[45] minutes\./).waitFor();
    await notice.getByText('An administrator can unlock your account at once.').waitFor();

    const ada = await firm.as('ada');
    await ada.users.unlock((await ada.users.list({ q: firm.username('indra') })).items[0]?.id ?? 0);
    await fillSignIn(page, firm.username('indra'));
    await page.getByRole('heading', { name: 'Home' }).waitFor();
  });

  test('whoever was signed out in the middle of something signs in there with the code', async () => {
    const firm = await organisation('entrance');
    const session = await firm.signIn('lata');
    const { secret } = await enrol(session);
    const context = await visitor(firm);
    await carry(context, session, firm);
    const page = await open(context, '/search');
    await page.getByRole('searchbox').fill('SB');
    await page.getByText('Nothing').first().waitFor();
    await session.session.signOut();
    await page.getByRole('searchbox').fill('SB1');
    const dialog = page.getByRole('dialog', { name: 'You were signed out' });
    await focused(page, 'password');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await focused(page, 'code');
    await page.keyboard.type(codeOf(secret, 1));
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('searchbox').inputValue(), 'SB1', 'the screen behind stayed');
  });

  test('a password that somebody else chose is replaced before anything else', async () => {
    const firm = await organisation('entrance');
    const username = firm.username('meena');
    await (await firm.as('ada')).users.add({ username, password, role: 'dispatcher', temporary: true });
    const page = await open(await visitor(firm), '/bags');
    await fillSignIn(page, username);
    await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
    await page.reload();
    await page.getByLabel('Password you were given').fill(password);
    await page.getByLabel('New password', { exact: true }).fill(fresh);
    await page.getByLabel('New password again').fill(fresh);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Bags' }).waitFor();
    await page.getByRole('navigation').first().waitFor();
  });

  test('where administrators need a second factor, setting it up comes first and leads on', async () => {
    const firm = await organisation('entrance');
    const strict = await another({ require_2fa_admin: 'on' });
    const page = await open(await visitor(firm, { baseURL: await address(firm, strict) }), '/bags');
    await fillSignIn(page, firm.username('amar'));
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
    await page.goto('/scans');
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
    assert.equal(await page.getByRole('navigation').count(), 0, 'no way past it');
    const secret = (await page.locator('.secret').innerText()).replace(/\s/g, '');
    await page.getByRole('textbox', { name: 'Code' }).fill(codeOf(secret));
    await page.keyboard.press('Enter');
    await page.getByLabel('I have kept them').check();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'Scan history' }).waitFor();
  });
}

async function fillSignIn(page: Page, username: string, secret = password): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** That the keyboard writes into the field of this name. */
async function focused(page: Page, name: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.getAttribute('name') === wanted, name);
}
