/**
 * Every filter of every list, alone and beside every other one, against all rows filtered here: no filter is
 * dropped because another one is there.
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ImportsApi, uuid7, type Api, type Page } from '../../../web/src/api';
import { counted } from '../support/codes';
import { fine, isRefusal, within as happens } from '../support/expect';
import { Organisation } from '../support/organisation';
import { sharedServer } from '../support/shared';
import { sql } from '../support/sql';
import { routes, type Route } from '../support/table';
import { fileOf } from '../support/files';

type Row = Record<string, string | number | boolean | null>;

/** One filter: what it may be asked for, and whether a row is like that. */
interface Model {
  values: (rows: Row[]) => string[];
  fits: (row: Row, value: string) => boolean;
}

/** A word that is in some rows, one that is in few, and one that is in none. */
const column = (name: string, nobody = 'nobody'): Model => ({
  values: (rows) => {
    const there = [...new Set(rows.map((row) => row[name]).filter((value) => value !== null))].map(String).sort();
    return [...new Set([there[0] ?? nobody, there.at(-1) ?? nobody, nobody])];
  },
  fits: (row, value) => String(row[name]) === value,
});
const words = (name: string, ...all: string[]): Model => ({
  values: () => all,
  fits: (row, value) => row[name] === value,
});
const truth = (of: (row: Row) => boolean): Model => ({
  values: () => ['true', 'false'],
  fits: (row, value) => String(of(row)) === value,
});
const within = (of: (row: Row) => string, value: (row: Row) => string): Model => ({
  values: (rows) => rows.slice(0, 2).map(value),
  fits: (row, asked) => of(row).includes(asked),
});

const zone = 330 * 60_000; // Asia/Kolkata
const day = (time: string) => new Date(Date.parse(time) + zone).toISOString().slice(0, 10);
const isDay = (value: string) => value.length === 10;

/** A day in the middle of what there is, and the very moment of a row: microseconds as they are stored. */
const moment = (name: string, fits: (row: Row, value: string) => boolean): Model => ({
  values: (rows) => {
    const times = rows.map((row) => String(row[name])).sort();
    const middle = times[Math.floor(times.length / 2)] ?? '2026-01-01T00:00:00Z';
    return [day(middle), middle, middle.replace(/Z$/, '+00:00')];
  },
  fits,
});
const micros = (value: string) => value.replace(/(\+00:00|Z)$/, '').padEnd(26, '0');
const from = (name: string) =>
  moment(name, (row, value) =>
    isDay(value) ? day(String(row[name])) >= value : micros(String(row[name])) >= micros(value),
  );
const to = (name: string) =>
  moment(name, (row, value) =>
    isDay(value) ? day(String(row[name])) <= value : micros(String(row[name])) <= micros(value),
  );

/** Of rows that are whole days: one of them, and a moment in it. */
const days = (fits: (day: string, value: string) => boolean): Model => ({
  values: (rows) => {
    const middle = String(rows[Math.floor(rows.length / 2)]?.['day'] ?? '2026-01-01');
    return [middle, `${middle}T12:00:00+05:30`];
  },
  fits: (row, value) => fits(String(row['day']), value.slice(0, 10)),
});
const daySpan = { from: days((day, value) => day >= value), to: days((day, value) => day <= value) };

const scans = {
  user: column('user'),
  kind: words('kind', 'parent', 'link', 'undo', 'finish', 'bill', 'return'),
  from: from('at'),
  to: to('at'),
};

const models: Record<string, Record<string, Model>> = {
  bags: {
    kind: words('kind', 'parent', 'child'),
    family: column('family'),
    status: words('status', 'pending', 'in_progress', 'completed'),
    area: column('area'),
    linked: truth((row) => row['parent'] !== null || Number(row['child_count']) > 0),
    billed: truth((row) => row['bill'] !== null),
    user: column('created_by'),
    from: from('created_at'),
    to: to('created_at'),
    q: { values: () => ['P', 'PAIR', 'm444'], fits: (row, value) => String(row['qr']).startsWith(value.toUpperCase()) },
  },
  scans: {
    ...scans,
    bag: {
      values: (rows) => [String(rows.at(-1)?.['parent']), String(rows.find((row) => row['child'] !== null)?.['child'])],
      fits: (row, value) => row['parent'] === value || row['child'] === value,
    },
  },
  history: scans,
  bills: {
    status: words('status', 'new', 'processing', 'completed'),
    user: column('created_by'),
    from: from('created_at'),
    to: to('created_at'),
    q: { values: () => ['pair-', '-1', 'zz'], fits: (row, value) => String(row['code']).includes(value.toUpperCase()) },
  },
  returns: {
    status: words('status', 'open', 'committed', 'cancelled'),
    user: column('created_by'),
    from: from('created_at'),
    to: to('created_at'),
    q: {
      values: () => ['rtn-', 'indore', 'zz'],
      fits: (row, value) =>
        `${String(row['code'])} ${String(row['location'])}`.toUpperCase().includes(value.toUpperCase()),
    },
  },
  'return-bags': {},
  totals: daySpan,
  activity: { user: column('user'), ...daySpan },
  labels: {},
  imports: {},
  'import-rows': { outcome: words('outcome', 'created', 'linked', 'used', 'skipped', 'error') },
  jobs: { state: words('state', 'queued', 'running', 'done', 'parked') },
  audit: { user: column('user'), action: column('action'), entity: column('entity'), from: from('at'), to: to('at') },
  users: {
    q: within(
      (row) => `${String(row['username'])} ${String(row['email'])}`,
      (row) => String(row['username']).slice(1, 4),
    ),
    role: words('role', 'admin', 'biller', 'dispatcher'),
    state: words('state', 'active', 'waiting', 'locked'),
    area: column('area'),
  },
  promotions: { state: words('state', 'pending', 'approved', 'refused'), user: column('username') },
  notifications: {},
  'bill-bags': {},
  'bill-events': {},
};

const lists = routes.filter((route) => route.list !== undefined);

export function listPairs(): void {
  describe('what a list is asked for', () => {
    let here: Organisation;
    let ada: Api;
    const tickets: string[] = [];
    let imported = 0;
    const parents = [counted(3), counted(4), counted(500), 'M444-20001', 'SB20001'];

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'pairs.test');
      ada = await here.as('ada');
      const [bina, dev, lata] = await Promise.all([here.as('bina'), here.as('dev'), here.as('lata')]);
      const put = (api: Api, parent: string | undefined, children: string[]) =>
        api.scans.batch(children.map((child) => ({ id: uuid7(), parent: parent ?? '', child })));
      await put(dev, parents[0], ['PAIR0001', 'PAIR0002', 'PAIR0003']);
      await put(lata, parents[1], ['PAIR0004', 'PAIR0005']);
      await put(lata, parents[3], ['PAIR0006']);
      await put(dev, parents[2], ['PAIR0007', 'PAIR0008']);
      await fine(dev, 'POST', '/api/scans/undo', { parent: parents[2] });
      await fine(dev, 'POST', `/api/parents/${parents[2] ?? ''}/finish`);
      await fine(dev, 'POST', '/api/parents', { id: uuid7(), qr: parents[4] });
      await fine(bina, 'POST', '/api/bags', { bags: [{ qr: 'PAIR0009' }, { qr: 'LOOSE001' }, { qr: 'M444-20002' }] });
      for (const [code, capacity] of [
        ['PAIR-1', 1],
        ['PAIR-2', 5],
        ['PAIR-3', 5],
      ] as const)
        await fine(bina, 'POST', '/api/bills', { code, capacity });
      await fine(ada, 'POST', '/api/bills', { code: 'OTHER-1', capacity: 2 });
      await fine(bina, 'POST', '/api/bills/PAIR-1/bags', { id: uuid7(), qr: parents[0] });
      await fine(bina, 'POST', '/api/bills/PAIR-2/bags', { id: uuid7(), qr: parents[3] });
      for (const [api, location] of [
        [bina, 'Indore'],
        [bina, 'Bhopal'],
        [ada, 'Indore East'],
      ] as const)
        tickets.push((await fine<{ code: string }>(api, 'POST', '/api/returns', { location })).code);
      for (const parent of [parents[0], parents[3]])
        await fine(bina, 'POST', `/api/returns/${tickets[0]}/bags`, { id: uuid7(), qr: parent });
      await fine(bina, 'POST', `/api/returns/${tickets[0]}/commit`);
      await fine(ada, 'POST', `/api/returns/${tickets[2]}/cancel`);
      await fine(dev, 'POST', '/api/promotions', { reason: 'Three years of good work here.' });
      await fine(bina, 'POST', '/api/promotions', { reason: 'Three years of good work here.' });
      const { items } = await ada.ask<Page<{ id: number }>>('GET', '/api/promotions');
      await fine(ada, 'POST', `/api/promotions/${items[0]?.id ?? 0}/decision`, { approve: false, notes: 'Not yet.' });
      const files = [fileOf('1,PAIR0009\n2,PAIR0001\n3,PAIR0001\n4,PAIR0001\n5,P1-5\n', 'pairs.csv')];
      imported = (await new ImportsApi(ada).start('children', files)).id;
      assert.ok(await happens(20_000, async () => (await new ImportsApi(ada).get(imported)).ended_at !== null));
      await sql(
        here.server,
        `INSERT INTO job (org_id, kind, state, ended_at)
         VALUES (${here.id}, 'retention', 'done', now()), (${here.id}, 'end_of_day', 'parked', now())`,
      );
      // Over some days, without touching what the bags' places say of each other.
      await sql(
        here.server,
        `UPDATE bag SET created_at = created_at - (id % 4) * interval '1 day' WHERE org_id = ${here.id}`,
      );
      await sql(
        here.server,
        `UPDATE bill SET created_at = created_at - (id % 3) * interval '1 day' WHERE org_id = ${here.id}`,
      );
      await sql(
        here.server,
        `UPDATE return_ticket SET created_at = created_at - (id % 3) * interval '1 day' WHERE org_id = ${here.id}`,
      );
      await sql(
        here.server,
        `UPDATE scan SET at = at - (ascii(right(id::text, 1)) % 3) * interval '1 day' WHERE org_id = ${here.id}`,
      );
    });

    const pathOf = (route: Route) =>
      route.path
        .replace('{qr}', parents[0] ?? '')
        .replace('{id}', String(imported))
        .replace('returns/{code}', `returns/${tickets[0]}`)
        .replace('{code}', 'PAIR-2');

    /** All rows, page by page. */
    async function all(route: Route, query: Record<string, string>, limit: number): Promise<Row[]> {
      const rows: Row[] = [];
      let cursor = '';
      for (let pages = 0; pages < 500; pages++) {
        const asked = new URLSearchParams({
          ...query,
          limit: String(limit),
          ...(cursor === '' ? {} : { cursor }),
        }).toString();
        const page = await ada.ask<Page<Row>>('GET', `${pathOf(route)}?${asked}`);
        rows.push(...page.items);
        if (page.next === null) return rows;
        cursor = page.next;
      }
      throw new Error(`${route.path} ${JSON.stringify(query)} does not end`);
    }

    /** Rows have different names for what they are. */
    const nameOf = (row: Row) => String(row['qr'] ?? row['code'] ?? row['id']);

    for (const route of lists) {
      const filters = models[route.list ?? ''] ?? {};

      test(`of ${route.list ?? ''} is in this test, filter for filter`, () =>
        assert.deepEqual(Object.keys(filters).sort(), (route.filters ?? []).map((filter) => filter.name).sort()));

      test(`of ${route.list ?? ''} is refused by name if it is no filter, or there twice`, async () => {
        for (const [query, field] of [
          ['colour=red', 'colour'],
          ['limit=5&limit=5', 'limit'],
          ['Limit=5', 'Limit'],
          ['offset=5', 'offset'],
          ...Object.keys(filters).map((name) => [`${name}=&${name}=`, name]),
        ]) {
          const answer = await ada.call('GET', `${pathOf(route)}?${query ?? ''}`);
          isRefusal(answer, 422, 'bad_fields');
          assert.deepEqual(
            (answer.body as { errors: { field: string }[] }).errors.map((error) => error.field),
            [field],
          );
        }
      });

      const names = Object.keys(filters);
      for (const [i, first] of names.entries()) {
        test(`of ${route.list ?? ''} narrows by ${first}, alone and beside each other filter`, async () => {
          const rows = await all(route, {}, 200);
          assert.ok(rows.length > 0);
          for (const second of [null, ...names.slice(i + 1)]) {
            for (const one of filters[first]?.values(rows) ?? []) {
              for (const other of second === null ? [''] : (filters[second]?.values(rows) ?? [])) {
                const query = { [first]: one, ...(second === null ? {} : { [second]: other }) };
                const expected = rows
                  .filter((row) =>
                    Object.entries(query).every(([name, value]) => filters[name]?.fits(row, value) === true),
                  )
                  .map(nameOf);
                const found = (await all(route, query, 200)).map(nameOf);
                if ('q' in query) assert.deepEqual(found.sort(), expected.sort(), JSON.stringify(query));
                else if (Object.keys(query).length > 0)
                  assert.deepEqual([...found].sort(), [...expected].sort(), JSON.stringify(query));
                assert.deepEqual(
                  (await all(route, query, 2)).map(nameOf).sort(),
                  [...expected].sort(),
                  `two by two: ${JSON.stringify(query)}`,
                );
              }
            }
          }
        });
      }
    }
  });
}
