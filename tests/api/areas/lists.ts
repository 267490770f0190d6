/** Lists: what each filter lets through, and pages that neither skip nor repeat a row. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { uuid7, type Api, type Page } from '../../../web/src/api';
import { children, counted } from '../support/codes';
import { fine, isRefusal } from '../support/expect';
import { Organisation } from '../support/organisation';
import { sharedServer } from '../support/shared';
import { sql } from '../support/sql';

/** Today in the organisation's zone, and the days around it. */
function day(offset: number): string {
  return new Date(Date.now() + 330 * 60_000 + offset * 86_400_000).toISOString().slice(0, 10);
}

export function lists(): void {
  describe('a list', () => {
    let here: Organisation;
    let dev: Api;
    let bina: Api;
    const [full, some, lone, billed] = [counted(3), counted(4), counted(5), counted(2)];
    const codes = children(9);

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'lists.test');
      [dev, bina] = await Promise.all([here.as('dev'), here.as('bina')]);
      const lata = await here.as('lata');
      const put = (api: Api, parent: string, list: readonly string[]) =>
        api.scans.batch(list.map((code) => ({ id: uuid7(), parent, child: code })));
      await put(dev, full, codes.slice(0, 3));
      await put(lata, some, codes.slice(3, 5));
      await fine(dev, 'POST', '/api/bags', { qr: 'M444-10000' });
      await fine(dev, 'POST', '/api/parents', { id: uuid7(), qr: lone });
      await fine(bina, 'POST', '/api/bags', { bags: codes.slice(5).map((qr) => ({ qr })) });
      await put(dev, billed, ['BILLED01']);
      await fine(bina, 'POST', '/api/bills', { code: 'LIST-1', capacity: 5 });
      await fine(bina, 'POST', '/api/bills/LIST-1/bags', { id: uuid7(), qr: billed });
      await sql(
        here.server,
        `UPDATE bag SET created_at = created_at - interval '2 days' WHERE org_id = ${here.id} AND code IN ('${full}', '${codes[0]}')`,
      );
    });

    const parents = [billed, lone, 'M444-10000', some, full];
    const loose = codes.slice(5);
    const packed = ['BILLED01', ...codes.slice(0, 5)];

    for (const [filters, expected] of [
      [{}, [...parents, ...codes, 'BILLED01']],
      [{ kind: 'parent' }, parents],
      [{ kind: 'child' }, [...codes, 'BILLED01']],
      [{ family: 'moong' }, ['M444-10000']],
      [{ family: 'counted' }, [billed, lone, some, full]],
      [{ family: 'counted', kind: 'child' }, []],
      [{ status: 'completed' }, [full]],
      [{ status: 'in_progress' }, [some, billed]],
      [{ status: 'pending' }, [lone, 'M444-10000']],
      [{ status: 'pending', kind: 'child' }, []],
      [{ linked: 'true' }, [full, some, billed, ...packed]],
      [{ linked: 'false' }, [lone, 'M444-10000', ...loose]],
      [{ linked: 'false', kind: 'parent' }, [lone, 'M444-10000']],
      [{ linked: 'true', kind: 'child' }, packed],
      [{ billed: 'true' }, [billed]],
      [{ billed: 'false', kind: 'parent' }, [lone, 'M444-10000', some, full]],
      [{ area: 'Lucknow' }, [some, codes[3], codes[4]]],
      [{ area: 'Nowhere' }, []],
      [{ user: 'lata' }, [some, codes[3], codes[4]]],
      [{ user: 'bina' }, loose],
      [{ to: day(-1) }, [full, codes[0]]],
      [{ from: day(0), to: day(1), status: 'completed' }, []],
      [{ from: day(-5), to: day(-1), kind: 'child' }, [codes[0]]],
      [{ from: day(1) }, []],
      [{ q: 'm444' }, ['M444-10000']],
      [{ q: 'KID', kind: 'parent' }, []],
      [{ q: 'BILLED' }, ['BILLED01']],
    ] as [Record<string, string>, string[]][]) {
      test(`of bags filtered by ${JSON.stringify(filters).replace(/\d{4}-\d\d-\d\d/g, 'a day')} has just those`, async () => {
        const asked = 'user' in filters ? { ...filters, user: here.username(filters['user'] ?? '') } : filters;
        const { items, next, total } = await dev.bags.list({ ...asked, limit: 200 });
        assert.deepEqual(items.map((bag) => bag.qr).sort(), [...expected].sort());
        assert.deepEqual([next, total], [null, expected.length]);
      });
    }

    test('of bags is newest first, and one by beginning is in the order of the codes', async () => {
      const { items } = await dev.bags.list({ limit: 200 });
      assert.equal(items[0]?.qr, billed === items[0]?.qr ? billed : 'BILLED01');
      const found = (await dev.bags.list({ q: 'KID', limit: 200 })).items.map((bag) => bag.qr);
      assert.deepEqual(found, [...found].sort());
    });

    test('of scans can be of one person, one bag, one kind, some days', async () => {
      const of = async (filters: object) => (await dev.scans.list({ ...filters, limit: 200 })).items;
      assert.equal((await of({})).length, 8);
      assert.deepEqual(
        (await of({ user: here.username('lata') })).map((event) => event.parent),
        [some, some],
      );
      assert.deepEqual(
        (await of({ bag: codes[0] })).map((event) => event.child),
        [codes[0]],
      );
      assert.deepEqual(
        (await of({ kind: 'bill' })).map((event) => [event.parent, event.bill, event.verdict]),
        [[billed, 'LIST-1', 'linked']],
      );
      assert.deepEqual(
        (await of({ kind: 'parent' })).map((event) => event.parent),
        [lone],
      );
      assert.equal((await of({ from: day(0), to: day(0) })).length, 8);
      assert.deepEqual(await of({ to: day(-1) }), []);
    });

    /** Every page of a list, and how many there were. */
    async function walk<T>(page: (cursor: string | null) => Promise<Page<T>>): Promise<{ items: T[]; pages: number }> {
      const items: T[] = [];
      let pages = 0;
      let cursor: string | null = null;
      do {
        const answer: Page<T> = await page(cursor);
        items.push(...answer.items);
        cursor = answer.next;
        pages++;
      } while (cursor !== null && pages < 1000);
      return { items, pages };
    }

    test('gives all its rows once, page by page, while new ones are made', async () => {
      const there = Array.from({ length: 120 }, (_, i) => `PAGE${String(i).padStart(4, '0')}`);
      await fine(dev, 'POST', '/api/bags', { bags: there.map((qr) => ({ qr })) });
      let made = 0;
      const more = async () => fine(dev, 'POST', '/api/bags', { qr: `LATER${String(++made).padStart(4, '0')}` });
      const { items, pages } = await walk(async (cursor) => {
        await more();
        return dev.bags.list({ kind: 'child', limit: 7, cursor });
      });
      const seen = items.map((bag) => bag.qr);
      assert.equal(new Set(seen).size, seen.length);
      assert.ok(there.every((qr) => seen.includes(qr)));
      assert.ok(pages >= 18, `${pages} pages`);
    });

    test('by beginning, of scans and of a history goes through its pages, too', async () => {
      const prefix = await walk((cursor) => dev.bags.list({ q: 'PAGE', limit: 11, cursor }));
      assert.deepEqual([prefix.items.length, prefix.pages], [120, 11]);

      const parent = counted(100);
      await dev.scans.batch(
        Array.from({ length: 90 }, (_, i) => ({ id: uuid7(), parent, child: `HIST${String(i).padStart(4, '0')}` })),
      );
      const history = await walk((cursor) => dev.bags.history(parent, { limit: 8, cursor }));
      assert.equal(history.pages, 12);
      assert.equal(new Set(history.items.map((event) => event.id)).size, 90);

      const whole = (await dev.scans.list({ limit: 200 })).items.map((event) => event.id);
      const scans = await walk((cursor) => dev.scans.list({ limit: 9, cursor }));
      assert.deepEqual(
        scans.items.map((event) => event.id),
        whole,
      );
    });

    test('of bills, its bags and its events goes through its pages, too', async () => {
      for (let i = 0; i < 12; i++) await fine(bina, 'POST', '/api/bills', { code: `PAGED-${i}`, capacity: 20 });
      for (let i = 0; i < 12; i++)
        await fine(bina, 'POST', '/api/bills/PAGED-0/bags', { id: uuid7(), qr: `SB${60_000 + i}`, create: true });
      const bills = await walk((cursor) => bina.bills.list({ limit: 5, cursor }));
      assert.deepEqual(
        bills.items.map((bill) => bill.code),
        [...Array.from({ length: 12 }, (_, i) => `PAGED-${11 - i}`), 'LIST-1'],
      );
      const bags = await walk((cursor) => bina.bills.bags('PAGED-0', { limit: 5, cursor }));
      assert.deepEqual(
        bags.items.map((bag) => bag.qr),
        Array.from({ length: 12 }, (_, i) => `SB${60_011 - i}`),
      );
      const events = await walk((cursor) => bina.bills.events('PAGED-0', { limit: 5, cursor }));
      assert.deepEqual([events.items.length, events.pages], [13, 3]);
      assert.equal(new Set(events.items.map((event) => String(event.id))).size, 13);
    });

    test('refuses filters that mean nothing', async () => {
      for (const query of [
        'limit=0',
        'limit=201',
        'limit=x',
        'limit=-1',
        'limit=1e2',
        'limit=99999999999999999999',
        'cursor=x',
        'cursor=-1',
        'kind=box',
        'status=new',
        'linked=1',
        'billed=yes',
        'from=today',
        'from=2026-02-30',
        'to=2026-1-1',
        `q=${'x'.repeat(101)}`,
        `user=${'x'.repeat(101)}`,
      ]) {
        isRefusal(await dev.call('GET', `/api/bags?${query}`), 422, 'bad_fields');
      }
      for (const path of [
        '/api/scans?cursor=1',
        '/api/scans?kind=x',
        '/api/bag/SB10000/history?cursor=2026',
        '/api/stats/activity?days=0',
        '/api/stats/activity?days=367',
        '/api/search?limit=0',
      ]) {
        isRefusal(await dev.call('GET', path), 422, 'bad_fields');
      }
      for (const path of [
        '/api/bills?status=x',
        '/api/bills?cursor=1',
        '/api/bills?cursor=1.x',
        '/api/bills/LIST-1/bags?cursor=x',
        '/api/bills/LIST-1/events?cursor=1.y',
      ]) {
        isRefusal(await bina.call('GET', path), 422, 'bad_fields');
      }
    });

    test('takes texts as they are: no character of a filter is a pattern or an end', async () => {
      for (const q of [
        '%',
        '_',
        '*',
        "'",
        '"',
        '\\',
        '\\%',
        ';--',
        '🙂',
        '\u{10ffff}',
        '%00'.slice(0, 1),
        '(',
        '[',
        '$1',
      ]) {
        assert.deepEqual((await dev.bags.list({ q })).items, [], q);
        assert.deepEqual((await bina.bills.list({ q })).items, [], q);
        assert.deepEqual((await dev.bags.list({ user: q, area: q, family: q })).items, [], q);
      }
    });

    test('shows only the fields that are asked for', async () => {
      const [bag] = (await dev.bags.list({ limit: 1, fields: 'qr,status' })).items;
      assert.deepEqual(Object.keys(bag ?? {}), ['qr', 'status']);
      for (const fields of ['cursor', 'id', 'qr,,status', 'qr%20', 'org_id', `qr${',qr'.repeat(12)}`])
        isRefusal(await dev.call('GET', `/api/bags?fields=${fields}`), 422, 'bad_fields');
    });
  });
}
