/** An admin's morning: what was done, day by day, and what the server failed to do by itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuid7 } from '../../../web/src/api';
import { wordsOf } from '../../api/support/print';
import { sql } from '../../api/support/sql';
import { desktop, open, organisation, person } from '../support/stage';

export function morning(): void {
  test('an administrator reads the day, goes back to the one before, and hears that there is no mail', async () => {
    const firm = await organisation('morning');
    const dev = await firm.as('dev');
    await dev.scans.batch(['KID0001', 'KID0002', 'KID0002'].map((child) => ({ id: uuid7(), parent: 'P1-2', child })));
    const page = await open(await person(firm, 'ada', { viewport: desktop }), '/manage');
    await page.getByRole('link', { name: 'End of day' }).click();
    const figures = page.getByRole('region', { name: 'Figures' });
    await figures.getByText('3', { exact: true }).waitFor();
    const row = page.getByRole('row', { name: new RegExp(firm.username('dev')) });
    assert.match(await row.innerText(), /3\s+2\s+1$/);
    await page.getByText('It is already in here.').waitFor();
    assert.ok(await page.getByRole('button', { name: 'The day after' }).isDisabled());

    for (const format of ['A4', 'A5'] as const) {
      const paper = await page.pdf({ format });
      assert.equal(/\/Count (\d+)/.exec(paper.toString('latin1'))?.[1], format === 'A4' ? '1' : '2', format);
      const words = (await wordsOf(paper)).join(' ');
      for (const said of ['End of day', firm.username('dev'), 'It is already in here.'])
        assert.ok(words.includes(said), `${format}: ${words}`);
      for (const button of ['Mail it', 'The day before', 'Manage'])
        assert.ok(!words.includes(button), `${format}: ${words}`);
    }

    await page.getByRole('button', { name: 'Mail it' }).click();
    await page.getByText('This server sends no mail.').waitFor();

    await page.getByRole('button', { name: 'The day before' }).click();
    await page.getByText('Nobody scanned that day').waitFor();
    assert.match(page.url(), /\?day=\d{4}-\d\d-\d\d$/);
    await page.getByRole('button', { name: 'The day after' }).click();
    await row.waitFor();
  });

  test('work that has failed for good is run again', async () => {
    const firm = await organisation('morning');
    await sql(
      firm.server,
      `INSERT INTO job (org_id, kind, state, tries, error, ended_at) VALUES (${firm.id}, 'retention', 'parked', 8, 'the disk is full', now())`,
    );
    const page = await open(await person(firm, 'ada', { viewport: desktop }), '/jobs');
    await page.getByText('the disk is full').waitFor();
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.getByRole('button', { name: 'Run again' }).waitFor({ state: 'detached' });
    const [[state] = []] = await sql(
      firm.server,
      `SELECT state FROM job WHERE org_id = ${firm.id} AND tries < 8 AND kind = 'retention' AND key IS NULL`,
    );
    assert.ok(state === 'queued' || state === 'running' || state === 'done', state);
  });
}
