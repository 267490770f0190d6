/** Exports: all that a list shows as a file, and nothing that is another's. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { query, uuid7, type Api, type AuditNote } from '../../../web/src/api';
import { fine, isRefusal } from '../support/expect';
import { Organisation } from '../support/organisation';
import { sharedServer } from '../support/shared';
import { csvRows, xlsxRows, type Row } from '../support/sheets';
import { quote, sql, sqlValue } from '../support/sql';

const titles = [
  'Note',
  'When (Asia/Kolkata)',
  'Who',
  'Action',
  'Thing',
  'Number of the thing',
  'Name of the thing',
  'Before',
  'After',
  'Reason',
  'Address',
  'Request',
];

/** More than the server takes in at once. */
const many = 2345;

const day = (offset: number) => new Date(Date.now() + 330 * 60_000 + offset * 86_400_000).toISOString().slice(0, 10);

async function fileOf(api: Api, name: string, filters: object = {}): Promise<{ bytes: Buffer; headers: Headers }> {
  const answer = await api.send('GET', `/api/exports/${name}${query(filters)}`, undefined, {});
  assert.equal(answer.status, 200);
  return { bytes: Buffer.from(await answer.arrayBuffer()), headers: answer.headers };
}

export function exports(): void {
  describe('an export of the audit log', () => {
    let here: Organisation;
    let there: Organisation;
    let ada: Api;

    before(async () => {
      const server = await sharedServer();
      here = await Organisation.make(server, 'exports.test');
      there = await Organisation.make(server, 'elsewhere.test');
      ada = await here.as('ada');
      await sql(
        server,
        `INSERT INTO audit_log (org_id, at, user_id, action, entity, entity_id, reason)
         SELECT org_id, now() - n * interval '1 minute', id, CASE WHEN n % 5 = 0 THEN 'bill.finish' ELSE 'bill.change' END, 'bill', n, 'slip ' || n
           FROM users, generate_series(1, ${many}) n WHERE org_id = ${here.id} AND username = ${quote(here.username('bina'))}`,
      );
    });

    const file = (name: string, filters: object = {}, api = ada) => fileOf(api, name, filters);

    async function csv(filters: object = {}, api = ada): Promise<Row[]> {
      const [head, ...rows] = csvRows((await file('audit.csv', filters, api)).bytes.toString('utf8').slice(1));
      assert.deepEqual(head, titles);
      return rows;
    }

    /** All notes of the list, page by page. */
    async function list(filters: object = {}): Promise<AuditNote[]> {
      const notes: AuditNote[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: { items: AuditNote[]; next: string | null } = await ada.audit.list({
          ...filters,
          limit: 200,
          ...(cursor === '' ? {} : { cursor }),
        });
        notes.push(...page.items);
        cursor = page.next;
      }
      return notes;
    }

    const ids = (rows: Row[]) => rows.map(([id]) => Number(id));

    test('has every note of the list, in its order, as CSV and as Excel', async () => {
      const expected = (await list({ entity: 'bill' })).map((note) => note.id);
      assert.equal(expected.length, many);
      assert.deepEqual(ids(await csv({ entity: 'bill' })), expected);
      const [head, ...rows] = xlsxRows((await file('audit.xlsx', { entity: 'bill' })).bytes);
      assert.deepEqual(head, titles);
      assert.deepEqual(ids(rows), expected);
    });

    for (const filters of [
      { action: 'bill.finish' },
      { user: 'bina' },
      { user: 'bina', action: 'bill.finish' },
      { from: day(-1) },
      { from: day(-1), to: day(-1) },
      { entity: 'bag' },
    ]) {
      test(`with ${Object.keys(filters).join(' and ')} has what the list has with it`, async () => {
        const asked = {
          ...filters,
          ...('user' in filters ? { user: here.username(filters.user ?? '') } : {}),
          ...('from' in filters ? { action: 'bill.change' } : {}),
        };
        assert.deepEqual(
          ids(await csv(asked)),
          (await list(asked)).map((note) => note.id),
        );
      });
    }

    test('says all of a note, with times as the clocks of the organisation show them', async () => {
      await fine(
        ada,
        'PATCH',
        '/api/users/' +
          (await sqlValue(here.server, `SELECT id FROM users WHERE username = ${quote(here.username('diya'))}`)),
        { role: 'biller' },
      );
      const [note] = await list({ action: 'user_role' });
      assert.ok(note !== undefined);
      const [row] = await csv({ action: 'user_role' });
      const local = new Date(Date.parse(note.at) + 330 * 60_000).toISOString().slice(0, 19).replace('T', ' ');
      const [id, at, who, action, thing, number, name, before = '', after = '', reason, address, request] = row ?? [];
      assert.deepEqual(
        [id, at, who, action, thing, number, name],
        [
          String(note.id),
          local,
          here.username('ada'),
          'user_role',
          'user',
          String(note.entity_id),
          here.username('diya'),
        ],
      );
      assert.deepEqual([JSON.parse(before), JSON.parse(after)], [note.before, note.after]);
      assert.deepEqual([reason, address, request], ['', note.address, note.request_id]);

      const [, workbook] = xlsxRows((await file('audit.xlsx', { action: 'user_role' })).bytes);
      const days = (Date.parse(`${local}Z`) - Date.UTC(1899, 11, 30)) / 86_400_000;
      assert.ok(Math.abs(Number(workbook?.[1]) - days) < 1 / 86_400);
      assert.deepEqual(workbook?.slice(2), row?.slice(2));
    });

    test('is a file that is called by what it is and its day, in UTF-8 that Excel knows as such', async () => {
      for (const [name, type] of [
        ['csv', 'text/csv; charset=utf-8'],
        ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
      ] as const) {
        const { bytes, headers } = await file(`audit.${name}`, { entity: 'bag' });
        assert.equal(headers.get('Content-Type'), type);
        assert.ok(
          [day(0), day(-1)].some(
            (date) => headers.get('Content-Disposition') === `attachment; filename="audit-${date}.${name}"`,
          ),
        );
        assert.equal(headers.get('Content-Length'), String(bytes.length));
        if (name === 'csv') assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
      }
    });

    test('starts no formula and keeps lines, quotes and all letters', async () => {
      const reasons = ['=HYPERLINK("http://x.example","look")', '-2+3', '@a', 'two\nlines, "so to say"', 'हल्दी 🌾'];
      const rows = reasons.map(
        (reason, i) => `(${here.id}, 'odd', 'bag', ${i + 1}, ${quote(reason).replace(/\n/g, "' || chr(10) || '")})`,
      );
      await sql(
        here.server,
        `INSERT INTO audit_log (org_id, action, entity, entity_id, reason) VALUES ${rows.join(', ')}`,
      );
      const reasonOf = (all: Row[]) => [...all].sort((a, b) => Number(a[5]) - Number(b[5])).map((row) => row[9]);
      assert.deepEqual(
        reasonOf(await csv({ action: 'odd' })),
        reasons.map((reason) => (/^[=@-]/.test(reason) ? `'${reason}` : reason)),
      );
      assert.deepEqual(reasonOf(xlsxRows((await file('audit.xlsx', { action: 'odd' })).bytes).slice(1)), reasons);
    });

    test('is noted itself, with what was asked for and how much it was', async () => {
      await csv({ action: 'bill.finish', from: day(-300) });
      const [note] = await list({ action: 'audit.export' });
      assert.deepEqual(
        [note?.user, note?.entity, note?.after],
        [
          here.username('ada'),
          'audit',
          { form: 'csv', rows: Math.floor(many / 5), action: 'bill.finish', from: day(-300) },
        ],
      );
    });

    test('has nothing of another organisation', async () => {
      const rows = await csv({}, await there.as('ada'));
      assert.ok(rows.length > 0);
      assert.ok(
        rows.every((row) => row[2]?.endsWith(`.${there.mark}`) === true),
        JSON.stringify(rows),
      );
      assert.deepEqual(await csv({ user: here.username('bina') }, await there.as('ada')), []);
    });

    test('is for administrators, of things that can be exported, with filters that make sense', async () => {
      for (const name of ['bina', 'dev'])
        isRefusal(await (await here.as(name)).call('GET', '/api/exports/audit.xlsx'), 403, 'forbidden');
      for (const name of ['audit', 'audit.pdf', 'secrets.csv', 'audit.csv.xlsx', '.csv'])
        isRefusal(await ada.call('GET', `/api/exports/${name}`), 404, 'not_found');
      isRefusal(await ada.call('GET', '/api/exports/audit.csv?from=yesterday'), 422, 'bad_fields');
      isRefusal(await here.stranger().call('GET', '/api/exports/audit.csv'), 401, 'signed_out');
    });

    test('is written for one person once at a time', async () => {
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => ada.call('GET', '/api/exports/audit.xlsx?entity=bill')),
      );
      const fineOnes = answers.filter((answer) => answer.status === 200);
      assert.ok(fineOnes.length >= 1);
      for (const answer of answers.filter((each) => each.status !== 200)) {
        isRefusal(answer, 429, 'too_often');
        assert.ok(Number(answer.headers.get('Retry-After')) > 0);
      }
    });
  });
  describe('an export of any other list', () => {
    let here: Organisation;
    let ada: Api;

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'lists.exports.test');
      ada = await here.as('ada');
      const [bina, dev] = await Promise.all([here.as('bina'), here.as('dev')]);
      await dev.scans.batch(['EXPORT01', 'EXPORT02'].map((child) => ({ id: uuid7(), parent: 'SB77001', child })));
      await fine(bina, 'POST', '/api/bills', { code: 'EXPORT-1', capacity: 3 });
      await fine(bina, 'POST', '/api/bills/EXPORT-1/bags', { id: uuid7(), qr: 'SB77001' });
      await fine(bina, 'POST', '/api/returns', { location: 'Indore' });
    });

    for (const [name, path, filters, key] of [
      ['bags', '/api/bags', { kind: 'child', linked: 'true' }, 'qr'],
      ['bills', '/api/bills', { status: 'processing' }, 'code'],
      ['bill-bags', '/api/bills/EXPORT-1/bags', {}, 'qr'],
      ['users', '/api/users', { role: 'dispatcher' }, 'username'],
      ['returns', '/api/returns', { status: 'open' }, 'code'],
      ['totals', '/api/totals', {}, 'day'],
      ['activity', '/api/activity', {}, 'day'],
    ] as const) {
      test(`of ${name} has the rows of their list, in its order and with its filters`, async () => {
        const { items } = await ada.ask<{ items: Record<string, string>[] }>(
          'GET',
          `${path}${query({ ...filters, limit: 200 })}`,
        );
        const asked = name === 'bill-bags' ? { code: 'EXPORT-1' } : filters;
        const [, ...rows] = csvRows((await fileOf(ada, `${name}.csv`, asked)).bytes.toString('utf8').slice(1));
        assert.ok(items.length > 0);
        assert.deepEqual(
          rows.map(([first]) => first),
          items.map((item) => item[key]),
        );
        const [, ...cells] = xlsxRows((await fileOf(ada, `${name}.xlsx`, asked)).bytes);
        assert.deepEqual(
          cells.map(([first]) => first),
          items.map((item) => item[key]),
        );
        const {
          items: [note],
        } = await ada.audit.list({ action: `${name}.export` });
        assert.deepEqual(note?.after, { form: 'xlsx', rows: items.length, ...asked });
      });
    }

    test('of scans has all of a walk, however few of its rows fit', async () => {
      await sql(
        here.server,
        `INSERT INTO scan (org_id, id, at, user_id, kind, verdict) SELECT ${here.id}, gen_random_uuid(), now() - n * interval '1 second', id, 'link', 'linked'
        FROM users, generate_series(1, 1500) n WHERE org_id = ${here.id} AND username = ${quote(here.username('dev'))}`,
      );
      const { bytes } = await fileOf(ada, 'scans.csv', { user: here.username('dev') });
      assert.ok(csvRows(bytes.toString('utf8')).length > 1500);
      assert.equal(
        csvRows((await fileOf(ada, 'scans.csv', { user: here.username('bina'), kind: 'link' })).bytes.toString('utf8'))
          .length,
        1,
      );
    });

    test('refuses what is no filter of its list, by name', async () => {
      for (const [name, field] of [
        ['bags.csv?status=pending&colour=red', 'colour'],
        ['users.csv?status=new', 'status'],
        ['bags.xlsx?kind=child&kind=child', 'kind'],
        ['bags.csv?limit=5', 'limit'],
        ['bills.csv?status=pending', 'status'],
      ] as const) {
        const answer = await ada.call('GET', `/api/exports/${name}`);
        isRefusal(answer, 422, 'bad_fields');
        assert.deepEqual(
          (answer.body as { errors: { field: string }[] }).errors.map((error) => error.field),
          [field],
        );
      }
      isRefusal(await ada.call('GET', '/api/exports/bill-bags.csv?code=NOWHERE'), 404, 'not_found');
    });
  });
}
