/** Bad input: each kind is refused in clear words, is never the server's fault, and changes nothing. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { uuid7, type Api } from '../../../web/src/api';
import { child, mustard } from '../support/codes';
import { Organisation } from '../support/organisation';
import { problem, raw } from '../support/raw';
import type { Server } from '../support/server';
import { sharedServer } from '../support/shared';
import { fingerprint } from '../support/sql';

export function input(): void {
  describe('bad input', () => {
    let server: Server;
    let here: Organisation;
    let ada: Api;
    const parent = mustard();

    before(async () => {
      server = await sharedServer();
      here = await Organisation.make(server, 'input.test');
      ada = await here.as('ada');
      await ada.scans.add({ id: uuid7(), parent, child: child() });
      await ada.bills.create({ code: 'INPUT-1', capacity: 2 });
    });

    async function post(
      path: string,
      body: string | Buffer,
      status: number,
      slug: string,
      method = 'POST',
    ): Promise<void> {
      const answer = await raw(ada, {
        method,
        path,
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
        body,
      });
      const said = problem(answer);
      assert.deepEqual(
        [answer.status, said.type],
        [status, `/problems/${slug}`],
        `${path} ${body.toString().slice(0, 100)}: ${JSON.stringify(said).slice(0, 300)}`,
      );
    }

    async function changesNothing(deed: () => Promise<void>): Promise<void> {
      const rows = await fingerprint(server, here.id);
      await deed();
      assert.deepEqual(await fingerprint(server, here.id), rows);
    }

    const scan = (fields: object) => JSON.stringify({ id: uuid7(), parent, child: child(), ...fields });

    test('in a body that is not JSON is said with its place', () =>
      changesNothing(async () => {
        for (const body of [
          '',
          ' ',
          '{',
          '}',
          '{"id":',
          '{"id" "x"}',
          "{'id':'x'}",
          '{"id":01}',
          '{"id":NaN}',
          '{"id":"\\x"}',
          '{"id":"\n"}',
          '{"id":"\\ud800"}',
          '\ufeff{}',
          '{}x',
          '{"a":1,"a":1}',
          '[]',
          '""',
          'null',
          'true',
        ]) {
          await post('/api/scans', body, 400, 'bad_input');
        }
      }));

    test('that is not UTF-8 is refused, in a body, a path and a query', () =>
      changesNothing(async () => {
        for (const bytes of [
          [0xff],
          [0xc3],
          [0xc0, 0x80],
          [0xed, 0xa0, 0x80],
          [0xf5, 0x80, 0x80, 0x80],
          [0xe2, 0x82],
        ]) {
          const body = Buffer.concat([
            Buffer.from(`{"id":"${uuid7()}","parent":"${parent}","child":"KID`),
            Buffer.from(bytes),
            Buffer.from('"}'),
          ]);
          await post('/api/scans', body, 400, 'bad_input');
          const escaped = bytes.map((byte) => `%${byte.toString(16)}`).join('');
          for (const path of [`/api/bag/${escaped}`, `/api/search?q=${escaped}`, `/api/bags?${escaped}=1`]) {
            const answer = await raw(ada, { method: 'GET', path });
            assert.equal(problem(answer).type, '/problems/bad_input', path);
          }
          for (const start of ['/api/bag/', '/api/search?q=']) {
            const answer = await raw(ada, {
              method: 'GET',
              path: Buffer.concat([Buffer.from(start), Buffer.from(bytes)]),
            });
            assert.equal(answer.status, 400, start);
          }
        }
        for (const path of ['/api/bag/%', '/api/bag/%2', '/api/bag/%zz', '/api/search?q=%', '/api/search?q=%g0'])
          assert.equal((await raw(ada, { method: 'GET', path })).status, 400, path);
      }));

    test('with a NUL in it is refused, escaped or raw, in a body, a path and a query', () =>
      changesNothing(async () => {
        for (const field of ['id', 'parent', 'child', 'at'])
          await post('/api/scans', scan({ [field]: 'KID1\u0000234' }), 422, 'bad_fields');
        await post('/api/scans', Buffer.from(scan({ child: 'KID\u0001' }).replace('\\u0001', '\0')), 400, 'bad_input');
        await post('/api/scans', '{"a\\u0000b":1}', 400, 'bad_input');
        await post('/api/bills', '{"code":"NUL\\u0000NUL","capacity":1}', 422, 'bad_fields');
        await post('/api/bills', '{"code":"NULNUL","capacity":1,"description":"\\u0000"}', 422, 'bad_fields');
        for (const path of [
          '/api/bag/SB%00',
          '/api/search?q=%00',
          '/api/search?q%00=1',
          '/api/bills/%00/bags',
          '/%00',
        ]) {
          assert.equal((await raw(ada, { method: 'GET', path })).status, 400, path);
        }
      }));

    test('of a code that is too long is judged, or refused, in words', async () => {
      await post('/api/scans', scan({ child: 'X'.repeat(200) }), 422, 'bad_code');
      await post('/api/scans', scan({ parent: 'X'.repeat(200) }), 422, 'not_a_parent');
      await changesNothing(async () => {
        for (const field of ['child', 'parent'])
          await post('/api/scans', scan({ [field]: 'X'.repeat(5000) }), 422, 'bad_fields');
        await post('/api/parents', JSON.stringify({ id: uuid7(), qr: 'X'.repeat(5000) }), 422, 'bad_fields');
        await post('/api/bags', JSON.stringify({ qr: 'X'.repeat(201) }), 422, 'bad_fields');
        await post('/api/bags', JSON.stringify({ qr: 'X'.repeat(200) }), 422, 'bad_code');
        for (const code of ['X'.repeat(200), 'X'.repeat(5000)]) {
          assert.equal((await raw(ada, { method: 'GET', path: `/api/bag/${code}` })).status, 404);
          assert.equal((await raw(ada, { method: 'GET', path: `/api/bills/${code}` })).status, 404);
          await post(`/api/bills/${code}/bags`, JSON.stringify({ id: uuid7(), qr: parent }), 404, 'not_found');
          await post(`/api/bills`, JSON.stringify({ code, capacity: 1 }), 422, 'bad_fields');
        }
      });
    });

    test('of a long code in the scanner’s text is cut between characters, not within one', async () => {
      for (const char of ['é', 'क', '🙂']) await post('/api/scans', scan({ child: char.repeat(100) }), 422, 'bad_code');
    });

    test('of the wrong type is named field by field', () =>
      changesNothing(async () => {
        for (const wrong of [1, true, null, [], {}, ['x'], { a: 1 }, 1e308, -0]) {
          for (const field of ['id', 'parent', 'child'])
            await post('/api/scans', scan({ [field]: wrong }), 422, 'bad_fields');
          await post('/api/scans/undo', JSON.stringify({ parent: wrong }), 422, 'bad_fields');
          await post('/api/bills', JSON.stringify({ code: wrong, capacity: 1 }), 422, 'bad_fields');
        }
        await post('/api/scans/batch', JSON.stringify({ scans: { 0: 'x' } }), 422, 'bad_fields');
        await post(
          `/api/parents/${parent}/children`,
          JSON.stringify({ children: [1, null, {}] }),
          422,
          'bad_fields',
          'PUT',
        );
        await post(
          '/api/bills/INPUT-1/bags',
          JSON.stringify({ id: uuid7(), qr: parent, create: 'yes' }),
          422,
          'bad_fields',
        );
        await post('/api/bills/INPUT-1', JSON.stringify({ capacity: '5' }), 422, 'bad_fields', 'PATCH');
      }));

    test('that is nested deeply costs nobody anything', () =>
      changesNothing(async () => {
        for (const depth of [100, 3000]) {
          await post('/api/scans', '['.repeat(depth) + ']'.repeat(depth), 400, 'bad_input');
          const nested = '{"a":'.repeat(depth / 2) + '1' + '}'.repeat(depth / 2);
          const answer = await raw(ada, {
            method: 'POST',
            path: '/api/scans/batch',
            headers: { 'Content-Type': 'application/json' },
            body: nested.slice(0, 500_000),
          });
          assert.ok(answer.status === 400 || answer.status === 422, String(answer.status));
        }
        await post('/api/scans/batch', '['.repeat(200_000), 400, 'bad_input');
        await post('/api/scans/batch', `{"scans":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400, 'bad_input');
      }));

    test('of hundreds of unknown fields or huge numbers is answered briefly', () =>
      changesNothing(async () => {
        const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`field${i}`, i]));
        const answer = await raw(ada, {
          method: 'POST',
          path: '/api/scans',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(many),
        });
        assert.equal(answer.status, 422);
        assert.ok(answer.body.length < 8192, String(answer.body.length));
        await post('/api/bills', '{"code":"BIG","capacity":99999999999999999999}', 400, 'bad_input');
        await post('/api/bills', '{"code":"BIG","capacity":1e999}', 400, 'bad_input');
        await post('/api/bills', '{"code":"BIG","capacity":-9223372036854775808}', 422, 'bad_fields');
      }));

    test('in a query is bounded as well', () =>
      changesNothing(async () => {
        const many = (count: number) => Array.from({ length: count }, (_, i) => `a${i}=1`).join('&');
        for (const [count, status] of [
          [64, 422],
          [65, 400],
          [300, 400],
          [1000, 400],
        ] as const)
          assert.equal((await raw(ada, { method: 'GET', path: `/api/bags?${many(count)}` })).status, status);
        const long = (count: number) => raw(ada, { method: 'GET', path: `/api/search?q=${'x'.repeat(count)}` });
        assert.equal(problem(await long(10_000)).type, '/problems/long_address');
        assert.equal((await long(60_000)).status, 414);
      }));

    test('in headers, too', () =>
      changesNothing(async () => {
        const long = (count: number) =>
          raw(ada, { method: 'GET', path: '/api/stats', headers: { 'X-Long': 'x'.repeat(count) } });
        assert.equal((await long(8_000)).status, 200);
        assert.equal(problem(await long(14_000)).type, '/problems/long_headers');
        assert.equal((await long(60_000)).status, 431);
      }));

    test('that looks like SQL, HTML or a path is text like any other', async () => {
      for (const text of [
        "'; DROP TABLE bag; --",
        '" OR ""="',
        '$1',
        '<script>alert(1)</script>',
        '../../etc/passwd',
        '%s%n',
        '${x}',
        '{{x}}',
        '\\',
        '\\u0000',
      ]) {
        await post('/api/scans', scan({ child: text }), 422, 'bad_code');
        const bill = await ada.bills.create({ code: `T-${uuid7().slice(-8)}`, capacity: 1, description: text });
        assert.equal((await ada.bills.get(bill.code)).description, text);
        assert.equal(
          (await raw(ada, { method: 'GET', path: `/api/bag/${encodeURIComponent(text)}` })).status,
          404,
          text,
        );
      }
    });

    test('never was the server’s fault', () => assert.doesNotMatch(server.log, /"status":5\d\d/));
  });
}
