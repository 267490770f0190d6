/** The end of a day: the summary equals what was done, and its mail is queued. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { EndOfDayApi, JobsApi, uuid7, type Api } from '../../../web/src/api';
import { billCode, children, counted } from '../support/codes';
import { refused, within } from '../support/expect';
import { Organisation } from '../support/organisation';
import { sharedServer } from '../support/shared';
import { sql } from '../support/sql';

export function endOfDay(): void {
  describe('the end of a day', () => {
    let here: Organisation;
    let ada: Api;
    let bina: Api;
    let dev: Api;
    let days: EndOfDayApi;
    let jobs: JobsApi;

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'endofday.test');
      [ada, bina, dev] = await Promise.all([here.as('ada'), here.as('bina'), here.as('dev')]);
      [days, jobs] = [new EndOfDayApi(ada), new JobsApi(ada)];
    });

    const scan = (parent: string, code: string) => ({ id: uuid7(), parent, child: code });

    test('without anything done is empty, and of a day to come there is none', async () => {
      const today = await days.get();
      assert.deepEqual(
        [today.scans, today.people, today.bills, today.refusals, today.ended, today.zone],
        [0, [], [], [], false, 'Asia/Kolkata'],
      );
      assert.deepEqual(await days.get(today.day), today);
      const past = await days.get('2020-02-29');
      assert.deepEqual([past.day, past.ended, past.scans], ['2020-02-29', true, 0]);
      await refused(days.get('2999-01-01'), 422, 'bad_fields');
      for (const day of ['2021-02-29', 'today', '2021-2-1', '2021-02-01T00:00:00Z'])
        await refused(days.get(day), 422, 'bad_fields');
    });

    test('tells who did what, what was refused, and how the bills stand', async () => {
      const parent = counted(3);
      const [one = '', two = '', three = ''] = children(3);
      await dev.scans.batch([scan(parent, one), scan(parent, two), scan(parent, two), scan(parent, 'no!')]);
      await bina.scans.batch([scan(parent, three)]);
      await bina.scans.batch([scan(parent, children(1)[0] ?? '')]);
      const bill = billCode();
      await bina.bills.create({ code: bill, capacity: 1 });
      await bina.bills.addBag(bill, { id: uuid7(), qr: parent });

      const today = await days.get();
      assert.equal(today.scans, (await ada.stats.get()).scans);
      assert.deepEqual(
        [today.linked, today.parents_completed, today.bills_completed, today.late, today.returned],
        [3, 1, 1, 0, 0],
      );
      assert.deepEqual(
        today.people.map(({ user, linked, refused: no }) => [user, linked, no]).sort(),
        [
          [here.username('bina'), 1, 1],
          [here.username('dev'), 2, 2],
        ].sort(),
      );
      const refusals = today.refusals.map(({ verdict, scans }) => `${verdict} ${scans}`);
      assert.deepEqual(refusals.sort(), ['already_here 1', 'bad_code 1', 'full 1']);
      assert.deepEqual(today.bills, [
        {
          code: bill,
          status: 'completed',
          linked: 1,
          capacity: 1,
          children: 3,
          weight_kg: 3,
          expected_weight_kg: 3,
          created_by: here.username('bina'),
        },
      ]);

      const ticket = await bina.returns.create({ location: 'Indore' });
      await bina.returns.addBag(ticket.code, { id: uuid7(), qr: parent });
      const later = await days.get();
      assert.deepEqual([later.returned, later.returned_children, later.returned_kg], [1, 3, 3]);
    });

    test('equals what the lists of days and of people say', async () => {
      const today = await days.get();
      type Row = Record<string, number | string | null>;
      const { items: totals } = await ada.ask<{ items: Row[] }>('GET', '/api/totals');
      assert.deepEqual(
        totals.map((row) => [row['day'], row['scans'], row['linked'], row['bills_completed']]),
        [[today.day, today.scans, today.linked, today.bills_completed]],
      );
      const { items: people } = await ada.ask<{ items: Row[] }>('GET', `/api/activity?from=${today.day}`);
      const sum = (name: string) => people.reduce((all, row) => all + Number(row[name]), 0);
      assert.deepEqual([sum('linked'), sum('billed'), sum('returned'), sum('refused')], [3, 1, 1, 3]);
      assert.equal(
        sum('scans'),
        (await days.get()).people.reduce((all, { scans }) => all + scans, 0),
      );
      const mine = await ada.ask<{ items: Row[] }>('GET', `/api/activity?user=${here.username('dev')}&limit=1`);
      assert.deepEqual(
        mine.items.map((row) => [row['user'], row['linked'], row['refused']]),
        [[here.username('dev'), 2, 2]],
      );
    });

    test('is mailed when somebody asks for it, by a job that is listed', async () => {
      await sql(
        here.server,
        `UPDATE users SET email = username || '@example.org' WHERE org_id = ${here.id} AND role = 'admin'`,
      );
      const { day } = await days.get();
      await days.send(day);
      const done = async () => {
        const [job] = (await jobs.list()).items;
        return job?.kind === 'end_of_day' && job.key?.startsWith(day) === true && job.state === 'done';
      };
      assert.ok(await within(10_000, done));
      await days.send(day); // a second time, too
      assert.ok(await within(10_000, async () => (await jobs.list({ state: 'done' })).items.length >= 2));
      const subjects = await sql(
        here.server,
        `SELECT DISTINCT subject FROM mail WHERE org_id = ${here.id} AND kind = 'end_of_day'`,
      );
      assert.deepEqual(subjects, [[`TraceTrack, ${day}: 3 packed, 1 bills completed`]]);
      await refused(days.send('2999-01-01'), 422, 'bad_fields');
    });

    test('that has failed is run again by an administrator, and only then', async () => {
      await sql(
        here.server,
        `INSERT INTO job (org_id, kind, state, ended_at, tries, error) VALUES (${here.id}, 'retention', 'parked', now(), 8, 'the disk is full')`,
      );
      const [parked] = (await jobs.list({ state: 'parked' })).items;
      assert.deepEqual([parked?.kind, parked?.tries, parked?.error], ['retention', 8, 'the disk is full']);
      await jobs.runAgain(parked?.id ?? 0);
      assert.ok(
        await within(10_000, async () =>
          (await jobs.list()).items.some(({ id, state }) => id === parked?.id && state === 'done'),
        ),
      );
      await refused(jobs.runAgain(parked?.id ?? 0), 409, 'refused');
      await refused(jobs.runAgain(999_999), 404, 'not_found');
    });
  });
}
