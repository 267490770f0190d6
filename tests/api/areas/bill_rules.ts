/** Bills: what may stand in them, who may do what, and how they are found. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { uuid7, type Api } from '../../../web/src/api';
import { billCode, child, mustard } from '../support/codes';
import { fine, isRefusal, refused } from '../support/expect';
import { Organisation } from '../support/organisation';
import { sharedServer } from '../support/shared';
import { sql } from '../support/sql';

export function billRules(): void {
  describe('the rules of bills', () => {
    let here: Organisation;
    let bina: Api;
    let ada: Api;

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'billrules.test');
      [bina, ada] = await Promise.all([here.as('bina'), here.as('ada')]);
    });

    async function withParents(capacity: number, count: number): Promise<string> {
      const code = billCode();
      await bina.bills.create({ code, capacity });
      for (let i = 0; i < count; i++) {
        const parent = mustard();
        await bina.scans.add({ id: uuid7(), parent, child: child() });
        await bina.bills.addBag(code, { id: uuid7(), qr: parent });
      }
      return code;
    }

    test('a code has 3 to 50 characters and is unique, whatever its case', async () => {
      for (const code of ['', 'AB', '  AB  ', 'x'.repeat(51), 'x'.repeat(200), 'x'.repeat(5000)]) {
        const { errors } = isRefusal(await bina.call('POST', '/api/bills', { code, capacity: 1 }), 422, 'bad_fields');
        assert.equal(errors?.[0]?.field, 'code');
      }
      for (const code of ['abc', 'X'.repeat(50), 'A/B 7', 'बिल-१', 'A%2FB', "O'HARA"]) {
        const bill = await bina.bills.create({ code, capacity: 1 });
        assert.equal((await bina.bills.get(code)).code, bill.code);
      }
      await refused(bina.bills.create({ code: ' aBc ', capacity: 1 }), 409, 'conflict');
    });

    test('a capacity is 1 to 500 whole parents', async () => {
      for (const capacity of [0, -1, 501, 1.5, '3', null, 2 ** 53, 1e300, true]) {
        isRefusal(await bina.call('POST', '/api/bills', { code: billCode(), capacity }), 422, 'bad_fields');
      }
      for (const capacity of [1, 500])
        assert.equal((await bina.bills.create({ code: billCode(), capacity })).capacity, capacity);
    });

    test('a description has up to 2,000 characters of any script', async () => {
      const code = billCode();
      await bina.bills.create({ code, capacity: 1, description: 'क'.repeat(2000) });
      assert.equal((await bina.bills.get(code)).description?.length, 2000);
      await refused(bina.bills.patch(code, { description: 'x'.repeat(2001) }), 422, 'bad_fields');
      assert.equal((await bina.bills.patch(code, { description: '' })).description, '');
    });

    test('a capacity can’t go below what is linked; at it, the bill is complete; above it, open', async () => {
      const bill = await withParents(4, 2);
      const { problem } = await refused(bina.bills.patch(bill, { capacity: 1 }), 422, 'bad_fields');
      assert.equal(problem.errors?.[0]?.field, 'capacity');
      const states = [];
      for (const capacity of [3, 2, 5]) {
        const { status, remaining } = await bina.bills.patch(bill, { capacity });
        states.push([capacity, status, remaining]);
      }
      assert.deepEqual(states, [
        [3, 'processing', 1],
        [2, 'completed', 0],
        [5, 'processing', 3],
      ]);
    });

    test('an edit that changes nothing leaves no trace', async () => {
      const bill = await withParents(4, 0);
      const before = (await bina.bills.events(bill)).items.length;
      await bina.bills.patch(bill, {});
      await bina.bills.patch(bill, { capacity: 4, description: '' });
      assert.equal((await bina.bills.events(bill)).items.length, before);
    });

    test('billers do all but delete, dispatchers none of it', async () => {
      const bill = await withParents(2, 1);
      const dev = await here.as('dev');
      await refused(bina.bills.remove(bill), 403, 'forbidden');
      await refused(dev.bills.get(bill), 403, 'forbidden');
      await refused(dev.bills.create({ code: billCode(), capacity: 1 }), 403, 'forbidden');
      await fine(ada, 'DELETE', `/api/bills/${bill}`);
    });

    test('a list can be of one status, one person, some days, or by beginning', async () => {
      const other = await Organisation.make(here.server, 'billlist.test');
      const [biller, admin] = await Promise.all([other.as('bina'), other.as('ada')]);
      for (const [api, code, capacity] of [
        [biller, 'NORTH-1', 1],
        [biller, 'NORTH-2', 2],
        [admin, 'SOUTH-1', 3],
      ] as const)
        await api.bills.create({ code, capacity });
      await biller.bills.addBag('NORTH-1', { id: uuid7(), qr: mustard(), create: true });
      await biller.bills.addBag('NORTH-2', { id: uuid7(), qr: mustard(), create: true });
      await sql(
        other.server,
        `UPDATE bill SET created_at = created_at - interval '3 days' WHERE org_id = ${other.id} AND code = 'SOUTH-1'`,
      );
      const day = (offset: number) =>
        new Date(Date.now() + 330 * 60_000 + offset * 86_400_000).toISOString().slice(0, 10);
      for (const [filters, expected] of [
        [{}, ['NORTH-2', 'NORTH-1', 'SOUTH-1']],
        [{ status: 'new' }, ['SOUTH-1']],
        [{ status: 'processing' }, ['NORTH-2']],
        [{ status: 'completed' }, ['NORTH-1']],
        [{ user: other.username('ADA') }, ['SOUTH-1']],
        [{ q: 'north' }, ['NORTH-2', 'NORTH-1']],
        [{ from: day(0) }, ['NORTH-2', 'NORTH-1']],
        [{ to: day(-1) }, ['SOUTH-1']],
        [{ from: day(-3), to: day(-3) }, ['SOUTH-1']],
        [{ q: 'south', status: 'completed' }, []],
      ] as const) {
        assert.deepEqual(
          (await biller.bills.list(filters)).items.map((bill) => bill.code),
          expected,
          JSON.stringify(filters),
        );
      }
    });

    test('every change is in the audit log with who, what, before and after', async () => {
      const bill = await withParents(3, 1);
      await bina.bills.patch(bill, { description: 'Lorry 9' });
      await bina.bills.finish(bill, 'early');
      await fine(ada, 'DELETE', `/api/bills/${bill}`);
      const rows = await sql(
        here.server,
        `SELECT a.action, u.username, a.before ->> 'description', a.after ->> 'description', a.reason, length(a.request_id) > 0
           FROM audit_log a JOIN users u ON u.org_id = a.org_id AND u.id = a.user_id
          WHERE a.org_id = ${here.id} AND a.entity = 'bill' AND '${bill}' IN (a.before ->> 'code', a.after ->> 'code') ORDER BY a.at`,
      );
      const [biller, admin] = [here.username('bina'), here.username('ada')];
      assert.deepEqual(rows, [
        ['bill.create', biller, '', '', '', 't'],
        ['bill.edit', biller, '', 'Lorry 9', '', 't'],
        ['bill.finish', biller, 'Lorry 9', 'Lorry 9', 'early', 't'],
        ['bill.delete', admin, 'Lorry 9', '', '', 't'],
      ]);
    });
  });
}
