/** The first administrator, and signing in: the forms as a person fills them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { within } from '../../api/support/expect';
import { open, theServer, visitor } from '../support/stage';

const name = 'asha';
const secret = 'monsoon mustard moong';

export function setup(): void {
  test('the first administrator is made through the one-time link, which works once', async () => {
    const server = await theServer();
    const link = () => /http:\/\/\S+\/setup#token=\w+/.exec(server.said)?.[0] ?? '';
    assert.ok(await within(5_000, () => link() !== ''), server.said);

    const page = await open(await visitor(), '/');
    await page.getByText('Nobody has an account yet').waitFor();
    await page.goto(link());
    await page.getByLabel('User name').fill(name);
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByText('Use 12 characters or more.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(secret);
    await page.getByLabel('Password again').fill(secret);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('heading', { name: 'Home' }).waitFor();

    const late = await open(await visitor(), link());
    await late.getByLabel('User name').fill('late');
    await late.getByLabel('Password', { exact: true }).fill(secret);
    await late.getByLabel('Password again').fill(secret);
    await late.getByRole('button', { name: 'Make the account' }).click();
    await late.getByText('This link was used already').waitFor();
  });

  test('signing in says when it is wrong, and signing out ends it', async () => {
    const page = await open(await visitor(), '/scan');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Type your user name.').waitFor();
    await page.getByLabel('User name').fill(name);
    await page.getByLabel('Password').fill('not this one at all');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Password').fill(secret);
    await page.keyboard.press('Enter');
    await page.getByText('Scan a parent bag').first().waitFor();

    await page.goto('/you');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
  });
}
