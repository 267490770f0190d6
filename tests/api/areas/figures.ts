/** Figures: exact after every step, and pushed to whoever watches. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { uuid7, type Api, type Stats } from '../../../web/src/api';
import { child, children, counted } from '../support/codes';
import { fine, within } from '../support/expect';
import { Organisation } from '../support/organisation';
import { sharedServer } from '../support/shared';
import { sql } from '../support/sql';

const zero = {
  parents: 0,
  children: 0,
  linked: 0,
  free_children: 0,
  pending: 0,
  in_progress: 0,
  completed: 0,
  bills: 0,
  bills_open: 0,
  scans: 0,
  today_scans: 0,
  today_linked: 0,
  today_parents_completed: 0,
  today_bills_completed: 0,
};
type Figures = typeof zero;

function flat({ today, ...totals }: Stats): Figures {
  return {
    ...totals,
    today_scans: today.scans,
    today_linked: today.linked,
    today_parents_completed: today.parents_completed,
    today_bills_completed: today.bills_completed,
  } as Figures;
}

export function figures(): void {
  describe('the figures', () => {
    let here: Organisation;
    let dev: Api;
    let bina: Api;
    let ada: Api;

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'figures.test');
      [dev, bina, ada] = await Promise.all([here.as('dev'), here.as('bina'), here.as('ada')]);
    });

    const now = async (api = dev) => flat(await api.stats.get());

    /** A second opinion: the same counted from the rows. */
    async function recount(): Promise<Partial<Figures>> {
      const [row = []] = await sql(
        here.server,
        `SELECT count(*) FILTER (WHERE kind = 'parent'), count(*) FILTER (WHERE kind = 'child'), count(*) FILTER (WHERE parent_id IS NOT NULL),
                count(*) FILTER (WHERE status = 'pending'), count(*) FILTER (WHERE status = 'in_progress'), count(*) FILTER (WHERE status = 'completed'),
                (SELECT count(*) FROM bill WHERE org_id = ${here.id}), (SELECT count(*) FROM bill WHERE org_id = ${here.id} AND status <> 'completed'),
                (SELECT count(*) FROM scan WHERE org_id = ${here.id} AND kind IN ('parent', 'link', 'bill'))
           FROM bag WHERE org_id = ${here.id}`,
      );
      const [parents, made, linked, pending, in_progress, completed, bills, bills_open, scans] = row.map(Number) as [
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      return {
        parents,
        children: made,
        linked,
        free_children: made - linked,
        pending,
        in_progress,
        completed,
        bills,
        bills_open,
        scans,
      };
    }

    /** That a step changes the figures by just this much. */
    async function changes(step: () => Promise<unknown>, by: Partial<Figures>): Promise<void> {
      const before = await now();
      await step();
      const after = await now();
      const difference = Object.fromEntries(
        Object.entries(after)
          .map(([name, value]) => [name, value - before[name as keyof Figures]])
          .filter(([, value]) => value !== 0),
      );
      assert.deepEqual(difference, by);
      const { today_scans, today_linked, today_parents_completed, today_bills_completed, ...totals } = after;
      assert.deepEqual(totals, await recount());
      void [today_scans, today_linked, today_parents_completed, today_bills_completed];
    }

    const scan = (parent: string, code: string) => dev.scans.add({ id: uuid7(), parent, child: code });

    test('begin at nothing', async () => assert.deepEqual(await now(), zero));

    test('are exact after each step of a working day', async () => {
      const [parent, other, codes, bill] = [counted(2), counted(3), children(4), 'FIG-1'];
      const [a, b, c, d] = codes as [string, string, string, string];
      const linked = { linked: 1, scans: 1, today_scans: 1, today_linked: 1 };
      await changes(() => scan(parent, a), { ...linked, parents: 1, children: 1, in_progress: 1 });
      await changes(() => scan(parent, a), { scans: 1, today_scans: 1 });
      await changes(() => scan(parent, '?'), { scans: 1, today_scans: 1 });
      await changes(() => scan(parent, b), {
        ...linked,
        children: 1,
        in_progress: -1,
        completed: 1,
        today_parents_completed: 1,
      });
      await changes(() => scan(parent, c), { scans: 1, today_scans: 1 });
      await changes(() => dev.scans.undo(parent), { linked: -1, free_children: 1, in_progress: 1, completed: -1 });
      await changes(() => bina.scans.unlink(parent, a, 'torn'), {
        linked: -1,
        free_children: 1,
        in_progress: -1,
        pending: 1,
      });
      await changes(() => scan(parent, a), { ...linked, free_children: -1, pending: -1, in_progress: 1 });
      await changes(() => dev.parents.finish(parent), { in_progress: -1, completed: 1, today_parents_completed: 1 });
      await changes(() => bina.parents.reopen(parent, 'more'), { in_progress: 1, completed: -1 });
      await changes(() => dev.parents.open({ id: uuid7(), qr: other }), {
        parents: 1,
        pending: 1,
        scans: 1,
        today_scans: 1,
      });
      await changes(() => fine(dev, 'POST', '/api/bags', { qr: d }), { children: 1, free_children: 1 });
      await changes(() => ada.parents.setChildren(other, [c, d]), {
        linked: 2,
        children: 1,
        free_children: -1,
        pending: -1,
        in_progress: 1,
        scans: 2,
        today_scans: 2,
        today_linked: 2,
      });
      await changes(() => bina.bills.create({ code: bill, capacity: 2 }), { bills: 1, bills_open: 1 });
      await changes(() => bina.bills.addBag(bill, { id: uuid7(), qr: parent }), { scans: 1, today_scans: 1 });
      await changes(() => bina.bills.finish(bill, 'early'), { bills_open: -1, today_bills_completed: 1 });
      await changes(() => bina.bills.reopen(bill, 'late'), { bills_open: 1 });
      await changes(() => bina.bills.addBag(bill, { id: uuid7(), qr: other }), {
        bills_open: -1,
        scans: 1,
        today_scans: 1,
        today_bills_completed: 1,
      });
      await changes(() => bina.bills.removeBag(bill, other), { bills_open: 1 });
      await changes(() => bina.bills.patch(bill, { capacity: 1 }), { bills_open: -1, today_bills_completed: 1 });
      await changes(() => bina.bills.patch(bill, { capacity: 3 }), { bills_open: 1 });
      await changes(() => bina.bills.addBag(bill, { id: uuid7(), qr: counted(9), create: true }), {
        parents: 1,
        pending: 1,
        scans: 1,
        today_scans: 1,
      });
      await changes(() => ada.bills.remove(bill), { bills: -1, bills_open: -1 });
      await changes(() => bina.bags.remove(b), { children: -1, free_children: -1 });
    });

    test('are exact after many have scanned at once', async () => {
      const parents = Array.from({ length: 6 }, () => counted(8));
      const codes = children(60);
      const all = codes.flatMap((code, i) => [
        scan(parents[i % 6] as string, code),
        scan(parents[(i + 1) % 6] as string, code),
      ]);
      const answers = await Promise.all(all);
      const { linked, completed } = await recount();
      const figures = await now();
      assert.deepEqual([figures.linked, figures.completed], [linked, completed]);
      assert.equal(answers.filter((answer) => answer.verdict === 'linked').length, 48);
    });

    test('of one organisation stay the same whatever another does', async () => {
      const other = await Organisation.make(here.server, 'figures2.test');
      const before = await now();
      await (await other.as('dev')).scans.add({ id: uuid7(), parent: counted(1), child: child() });
      assert.deepEqual(await now(), before);
      assert.equal((await now(await other.as('dev'))).scans, 1);
    });

    test('of the last days end with today, and today’s hours add up to it', async () => {
      const { days, hours } = await dev.stats.activity(7);
      const today = await now();
      assert.deepEqual([days.length, hours.length], [7, 24]);
      assert.deepEqual(days.at(-1), {
        day: new Date(Date.now() + 330 * 60_000).toISOString().slice(0, 10),
        scans: today.today_scans,
        linked: today.today_linked,
        late: 0,
        parents_completed: today.today_parents_completed,
        bills_completed: today.today_bills_completed,
      });
      assert.equal(
        hours.reduce((sum, count) => sum + count, 0),
        today.today_scans,
      );
      assert.deepEqual(
        days.map((each) => each.day),
        [...days.map((each) => each.day)].sort(),
      );
    });

    test('have a scan on the day on which it was made, also when it comes late', async () => {
      const zone = 330 * 60_000; // of Asia/Kolkata, in milliseconds
      const dayOf = (time: number) => new Date(time + zone).toISOString().slice(0, 10);
      const made = Date.now() - 26 * 3_600_000;
      const day = dayOf(made);
      const of = async () => (await dev.stats.activity(7)).days.find((each) => each.day === day);
      const [before, today] = [await of(), await now()];
      const listed = async () => (await dev.scans.list({ from: day, to: day, limit: 200 })).items.length;
      const found = await listed();

      const parent = counted(5);
      await dev.scans.batch(
        Array.from({ length: 3 }, () => ({ id: uuid7(), parent, child: child(), at: new Date(made).toISOString() })),
      );
      await dev.scans.add({ id: uuid7(), parent, child: child() });

      const after = await of();
      const gain = (key: 'scans' | 'linked' | 'late') => (after?.[key] ?? 0) - (before?.[key] ?? 0);
      assert.deepEqual([gain('scans'), gain('linked'), gain('late')], [3, 3, 3]);
      assert.equal(await listed(), found + 3);
      const figures = await now();
      assert.deepEqual([figures.today_scans - today.today_scans, figures.scans - today.scans], [1, 4]);
    });

    test('come to whoever watches at once and after every change, and only one’s own', async () => {
      const other = await Organisation.make(here.server, 'figures3.test');
      const stranger = await other.as('dev');
      const seen: Figures[] = [];
      const theirs: Figures[] = [];
      const stops = [
        dev.stats.stream((stats) => seen.push(flat(stats))),
        stranger.stats.stream((stats) => theirs.push(flat(stats))),
      ];
      try {
        assert.ok(await within(2_000, () => seen.length > 0 && theirs.length > 0));
        assert.deepEqual(seen.at(-1), await now());
        await scan(counted(1), child());
        const after = await now();
        assert.ok(await within(2_000, () => JSON.stringify(seen.at(-1)) === JSON.stringify(after)));
        assert.deepEqual(theirs, [zero]);
      } finally {
        for (const stop of stops) stop();
      }
    });
  });
}

/**
 * A stream is asked about its session every quarter of a minute, which is long for a test: this one
 * is opened before the other areas and looked at behind them.
 */
export function watching(): { begin: () => void; end: () => void } {
  let stop = (): void => undefined;
  let broken = false;

  const begin = () =>
    test('figures are watched by somebody who signs out', async () => {
      const here = await Organisation.make(await sharedServer(), 'watching.test');
      const api = await here.signIn('diya');
      let open = false;
      stop = api.stats.stream(() => undefined, { onOpen: () => (open = true), onBroken: () => (broken = true) });
      assert.ok(await within(2_000, () => open));
      await api.session.signOut();
    });
  const end = () =>
    test('figures stop coming when the session has ended', async () => {
      assert.ok(await within(20_000, () => broken));
      stop();
    });
  return { begin, end };
}
