/** People: an administrator lets them in, changes what they may do, and shows them out; each at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { uuid7 } from '../../../web/src/api';
import { refused } from '../../api/support/expect';
import { password, type Organisation } from '../../api/support/organisation';
import { enrol } from '../../api/support/totp';
import { scan, scanAndSee } from '../support/scanner';
import { desktop, open, organisation, person, visitor } from '../support/stage';

export function people(): void {
  test('an administrator makes a dispatcher of an area, who signs in, and is out at once when locked', async () => {
    const firm = await organisation('people');
    const admin = await open(await person(firm, 'ada'), '/users');
    await admin.getByRole('link', { name: 'New user' }).click();
    await admin.getByRole('button', { name: 'Make the account' }).click();
    await admin.getByText('Type the name that this person signs in with.').waitFor();
    await admin.getByLabel('User name').fill('kiran.people');
    await admin.getByLabel('Role').selectOption('Biller');
    await admin.getByText('makes and completes bills').waitFor();
    await admin.getByLabel('Role').selectOption('Dispatcher');
    await admin.getByLabel('Area').selectOption('Lucknow');
    await admin.getByRole('button', { name: 'Make one up' }).click();
    const made = await admin.getByLabel('Password', { exact: true }).inputValue();
    await admin.getByRole('button', { name: 'Copy' }).click();
    await admin.getByRole('button', { name: 'Copied' }).waitFor();
    await admin.getByRole('button', { name: 'Make the account' }).click();
    await admin.getByRole('heading', { name: 'kiran.people', level: 1 }).waitFor();
    assert.equal(await fact(admin, 'Area'), 'Lucknow');

    const first = firm.stranger();
    assert.equal(
      (await first.session.signIn({ username: 'kiran.people', password: made })).user.must_change_password,
      true,
    );
    await first.profile.changePassword(made, password);
    await first.session.signOut();
    const kiran = await signIn(await visitor(firm), 'kiran.people', password);
    await kiran.goto('/scan/SB52000');
    await kiran.locator('.of', { hasText: 'of 30' }).waitFor();
    await scanAndSee(kiran, 'PPL0001');
    await admin.reload();
    await admin.getByRole('img', { name: /^Scans on each of 30 days.*most on/ }).waitFor();
    assert.equal(await fact(admin, 'Open sessions'), '1');
    assert.equal(await fact(admin, 'Linked'), '1');
    assert.match(await fact(admin, 'Busiest hour'), /^\d\d:00 to \d\d:00$/);
    await admin.getByText('Changed the own password').waitFor();

    await admin.getByRole('button', { name: 'Lock the account' }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Lock kiran.people' }).click();
    await admin.getByText('by an administrator, until one unlocks it.').waitFor();
    await scan(kiran, 'PPL0002');
    const lapsed = kiran.getByRole('dialog', { name: 'You were signed out' });
    await lapsed.waitFor();
    await admin.getByRole('button', { name: 'Unlock' }).click();
    await admin.getByText('kiran.people is unlocked.').waitFor();
    await lapsed.getByLabel('Password').fill(password);
    await kiran.keyboard.press('Enter');
    await kiran.locator('.giant', { hasText: '2' }).first().waitFor();

    await admin.reload();
    await admin.getByRole('button', { name: 'Sign out everywhere' }).click();
    await admin.getByText('1 session ended.').waitFor();
    await kiran.goto('/scan');
    await kiran.getByRole('button', { name: 'Sign in' }).waitFor();
  });

  test('a password that is set ends the sessions, and is the only one from then on', async () => {
    const firm = await organisation('people');
    const lata = await open(await person(firm, 'lata'), '/scan');
    const admin = await open(await person(firm, 'ada'), await userPage(firm, 'lata'));
    await admin.getByRole('button', { name: 'Set a new password' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByLabel('Password', { exact: true }).fill('short');
    await dialog.getByRole('button', { name: 'Set the password' }).click();
    await dialog.getByText('Still missing').waitFor();
    await dialog.getByLabel('Password', { exact: true }).fill('another long pass phrase');
    await dialog.getByLabel('For the first sign-in only').uncheck();
    await dialog.getByRole('button', { name: 'Set the password' }).click();
    await admin.getByText('The password is set, and all sessions have ended.').waitFor();

    await lata.reload();
    await lata.getByRole('button', { name: 'Sign in' }).waitFor();
    await refused(firm.signIn('lata'), 401, 'bad_credentials');
    await signIn(lata.context(), firm.username('lata'), 'another long pass phrase');
  });

  test('an account is edited and deleted, each asked for once, and the last administrator stays', async () => {
    const firm = await organisation('people');
    const admin = await open(await person(firm, 'ada', { viewport: desktop }), '/users');
    await admin.getByRole('searchbox').fill('indra');
    await admin.getByText('1 person', { exact: true }).waitFor();
    await admin.getByRole('row', { name: /indra/ }).click();
    await admin.getByRole('button', { name: 'Edit' }).click();
    const dialog = admin.getByRole('dialog');
    await dialog.getByLabel('User name').fill(firm.username('ada'));
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('is taken').waitFor();
    await dialog.getByLabel('User name').fill('indu.people');
    await dialog.getByLabel('E-mail').fill('indu@example.org');
    await dialog.getByLabel('Role').selectOption('Biller');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await admin.getByRole('heading', { name: 'indu.people', level: 1 }).waitFor();
    assert.deepEqual([await fact(admin, 'E-mail'), await fact(admin, 'Area')], ['indu@example.org', 'all']);

    await admin.getByRole('button', { name: 'Delete the account' }).click();
    await dialog.getByText('stays in the history').waitFor();
    await dialog.getByRole('button', { name: 'Delete indu.people' }).click();
    await admin.getByRole('heading', { name: 'Users' }).waitFor();
    await admin.getByRole('button', { name: 'deleted' }).click();
    await admin.getByRole('link', { name: /^indu\.people/ }).click();
    await admin.getByText('did stays in the history').waitFor();

    const api = await firm.as('ada');
    const other = (await api.users.list({ q: firm.username('amar') })).items[0];
    await api.users.patch(other?.id ?? 0, { role: 'biller' });
    await admin.goto(await userPage(firm, 'ada'));
    await admin.getByRole('button', { name: 'Delete the account' }).click();
    await dialog.getByRole('button', { name: /^Delete/ }).click();
    await dialog.getByText('ada.people is the last active administrator. Make somebody else one first.').waitFor();
  });

  test('somebody who registered is approved from the list, asks to be an administrator, and is one', async () => {
    const firm = await organisation('people');
    const username = firm.username('nila');
    await firm.stranger().entrance.register({ username, email: 'nila@example.org', password });

    const admin = await open(await person(firm, 'ada'), '/users?state=waiting');
    await admin.getByRole('button', { name: `Approve ${username}` }).click();
    await admin.getByText('active', { exact: true }).last().waitFor();
    const nila = await firm.signIn('nila');
    await nila.promotions.ask('I keep the store on Sundays.');
    const visit = await visitor(firm, { viewport: desktop });
    const looked = visit.waitForEvent('response', (answer) => answer.url().includes('/api/notifications'));
    const page = await signIn(visit, username, password);
    await looked;

    await admin.goto('/promotions?state=pending');
    await admin.getByText('“I keep the store on Sundays.”').waitFor();
    await admin.getByRole('button', { name: `Approve ${username}` }).click();
    await admin.getByRole('dialog').getByLabel('Notes').fill('Welcome.');
    await admin.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
    await admin.getByText('Nobody waits for an answer').waitFor();
    assert.equal((await nila.session.get()).user.role, 'admin');
    await nila.users.list();
    await admin.goto('/promotions?state=approved');
    await admin.getByText('“Welcome.”').waitFor();
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.getByText('Your request was approved').waitFor();
    await page.getByRole('link', { name: 'Manage' }).click();
    await page.getByRole('heading', { name: 'Manage' }).waitFor();
  });

  test('wrong passwords lock an account for a while, and its page says until when', async () => {
    const firm = await organisation('people');
    for (let i = 0; i < 5; i++)
      await refused(
        firm.stranger().session.signIn({ username: firm.username('diya'), password: 'not this one' }),
        401,
        'bad_credentials',
      );
    const admin = await open(await person(firm, 'ada'), await userPage(firm, 'diya'));
    await admin.getByText(/by wrong passwords until \d.*\d\d:\d\d; it opens by itself then\./).waitFor();
    await admin.getByRole('button', { name: 'Unlock' }).click();
    await admin.getByText(`${firm.username('diya')} is unlocked.`).waitFor();
    await firm.signIn('diya');
  });

  test('a second factor that somebody has lost is taken away', async () => {
    const firm = await organisation('people');
    await enrol(await firm.signIn('bala'));
    await refused(firm.signIn('bala'), 401, 'code_required');
    const admin = await open(await person(firm, 'ada'), await userPage(firm, 'bala'));
    assert.equal(await fact(admin, 'Second factor'), 'yes');
    await admin.getByRole('button', { name: 'Take away the second factor' }).click();
    await admin.getByRole('dialog').getByRole('button', { name: 'Take it away' }).click();
    await admin.getByRole('button', { name: 'Take away the second factor' }).waitFor({ state: 'detached' });
    assert.equal(await fact(admin, 'Second factor'), 'no');
    await firm.signIn('bala');
  });

  test('nobody but an administrator has these screens', async () => {
    const firm = await organisation('people');
    const biller = await open(await person(firm, 'bina'), '/users');
    for (const path of ['/users', '/users/new', '/areas', '/families', '/promotions']) {
      await biller.goto(path);
      await biller.getByRole('heading', { name: 'Not for your role' }).waitFor();
    }
  });

  test('an area is made, has people, and goes only without them', async () => {
    const firm = await organisation('places');
    const api = await firm.as('ada');
    const admin = await open(await person(firm, 'ada'), '/areas');
    const dialog = admin.getByRole('dialog');
    await admin.getByRole('button', { name: 'New area' }).click();
    await dialog.getByLabel('Name').fill('lucknow');
    await dialog.getByRole('button', { name: 'Make the area' }).click();
    await dialog.getByText('is taken').waitFor();
    await dialog.getByLabel('Name').fill('Kanpur');
    await dialog.getByRole('button', { name: 'Make the area' }).click();
    await admin.getByRole('button', { name: 'Kanpur', exact: true }).click();
    await dialog.getByLabel('Name').fill('Kanpur West');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await admin.getByRole('button', { name: 'Kanpur West', exact: true }).waitFor();

    const { id } = await api.users.add({ username: 'omi.places', password, role: 'dispatcher', area: 'Kanpur West' });
    await admin.reload();
    await admin.getByRole('button', { name: 'Delete Kanpur West' }).click();
    await dialog.getByRole('button', { name: 'Delete Kanpur West' }).click();
    await dialog.getByText('1 person belongs to Kanpur West. Give them another area first.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await admin
      .getByRole('row', { name: /Kanpur West/ })
      .getByRole('link', { name: '1 person' })
      .click();
    await admin.getByRole('link', { name: 'omi.places' }).waitFor();

    await api.users.remove(id);
    await admin.goto('/areas');
    await admin.getByRole('button', { name: 'Delete Kanpur West' }).click();
    await dialog.getByRole('button', { name: 'Delete Kanpur West' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.ok(!(await api.areas.list()).items.some(({ name }) => name === 'Kanpur West'));
  });

  test('a family is tried, made, used, and goes only without bags', async () => {
    const firm = await organisation('kinds');
    const api = await firm.as('ada');
    const admin = await open(await person(firm, 'ada'), '/families');
    const dialog = admin.getByRole('dialog');
    await admin.locator('tbody tr').first().waitFor();
    for (const [code, words] of [
      ['sb12345', /SB12345 is a parent of mustard, and holds 30 children\./],
      ['P7-12', /holds 12 children/],
      ['KID0001', /of no family: it is a child/],
      ['#', /of no family, and can’t be a child/],
    ] as const) {
      await admin.getByLabel('Try a code').fill(code);
      await admin.getByText(words).waitFor();
    }

    await admin.getByRole('button', { name: 'New family' }).click();
    await dialog.getByLabel('Name').fill('wheat');
    await dialog.getByLabel('Pattern').fill('^WH\\d{4');
    await dialog.getByLabel('Try a code').fill('wh1234');
    await dialog.getByText('The pattern can’t be read yet.').waitFor();
    await dialog.getByLabel('Pattern').fill('^WH\\d{4}$');
    await dialog.getByText('It fits the pattern.').waitFor();
    await dialog.getByLabel('Holds').selectOption('What the code ends in');
    await dialog.getByRole('button', { name: 'Make the family' }).click();
    await dialog.getByText(/is missing: the pattern doesn't end in/).waitFor();
    await dialog.getByLabel('Holds').selectOption('Always the same number');
    await dialog.getByLabel('How many children').fill('12');
    await dialog.getByLabel('A child weighs').fill('2,5');
    await dialog.getByRole('button', { name: 'Make the family' }).click();
    await admin.getByRole('button', { name: 'wheat', exact: true }).waitFor();

    await (await firm.as('dev')).scans.add({ id: uuid7(), parent: 'WH0001', child: 'GRAIN001' });
    const bag = await api.bags.get('WH0001');
    assert.deepEqual([bag.family, bag.capacity, bag.weight_kg], ['wheat', 12, 2.5]);
    await admin.getByRole('button', { name: 'wheat', exact: true }).click();
    await dialog.getByLabel('How many children').fill('13');
    await dialog.getByLabel('Try a code').fill('WH0002');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText("1 bag is of wheat: it can't look another way.").waitFor();
    await dialog.getByLabel('How many children').fill('12');
    await dialog.getByLabel('Name').fill('durum');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await admin.getByRole('button', { name: 'durum', exact: true }).waitFor();
    await admin.getByRole('button', { name: 'Delete durum' }).click();
    await dialog.getByRole('button', { name: 'Delete durum' }).click();
    await dialog.getByText("1 bag is of durum: it can't go.").waitFor();
  });
}

/** What the page says about something, as it stands below its name. */
async function fact(page: Page, name: string): Promise<string> {
  return page
    .locator('dl > div', { has: page.getByText(name, { exact: true }) })
    .locator('dd')
    .innerText();
}

async function userPage(firm: Organisation, name: string): Promise<string> {
  const { items } = await (await firm.as('ada')).users.list({ q: firm.username(name) });
  return `/user/${items[0]?.id}`;
}

async function signIn(context: BrowserContext, username: string, secret: string): Promise<Page> {
  const page = await open(context, '/');
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  return page;
}
