/** Bills: a whole life, from the first parent to the reopening. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { uuid7, type Api, type Bill, type BillAnswer } from '../../../web/src/api';
import { billCode, child, children, counted, mustard } from '../support/codes';
import { fine, isRefusal, refused, within } from '../support/expect';
import { conforms } from '../support/openapi';
import { Organisation } from '../support/organisation';
import { sharedServer } from '../support/shared';
import { sql, sqlValue } from '../support/sql';

export function bills(): void {
  describe('a bill', () => {
    let here: Organisation;
    let dev: Api;
    let bina: Api;
    let ada: Api;

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'bills.test');
      [dev, bina, ada] = await Promise.all([here.as('dev'), here.as('bina'), here.as('ada')]);
    });

    const put = (bill: string, qr: string, more: object = {}): Promise<BillAnswer> =>
      bina.bills.addBag(bill, { id: uuid7(), qr, ...more });

    async function parentWith(count: number, parent = mustard()): Promise<string> {
      await dev.scans.batch(children(count).map((code) => ({ id: uuid7(), parent, child: code })));
      return parent;
    }

    async function newBill(capacity: number): Promise<string> {
      const code = billCode();
      await bina.bills.create({ code, capacity });
      return code;
    }

    const figures = (
      bill: Pick<
        Bill,
        'status' | 'linked' | 'capacity' | 'remaining' | 'percent' | 'children' | 'weight_kg' | 'expected_weight_kg'
      > | null,
    ) =>
      bill && [
        bill.status,
        bill.linked,
        bill.capacity,
        bill.remaining,
        bill.percent,
        bill.children,
        bill.weight_kg,
        bill.expected_weight_kg,
      ];

    async function isRefused(
      bill: string,
      qr: string,
      status: number,
      verdict: string,
      more: object = {},
    ): Promise<Record<string, unknown>> {
      const reply = await bina.call<Record<string, unknown>>('POST', `/api/bills/${bill}/bags`, {
        id: uuid7(),
        qr,
        ...more,
      });
      isRefusal(reply, status, verdict);
      assert.equal(reply.body['verdict'], verdict);
      conforms('POST', '/api/bills/{code}/bags', status, 'application/problem+json', reply.body);
      return reply.body;
    }

    test('begins new, empty and with its whole capacity', async () => {
      const code = billCode();
      const bill = await bina.bills.create({
        code: ` ${code.toLowerCase()} `,
        capacity: 3,
        description: 'Lorry 7, Indore',
      });
      const { created_at, updated_at, ...rest } = bill;
      assert.deepEqual(rest, {
        code,
        description: 'Lorry 7, Indore',
        status: 'new',
        capacity: 3,
        linked: 0,
        remaining: 3,
        percent: 0,
        returned: 0,
        children: 0,
        weight_kg: 0,
        expected_weight_kg: 0,
        difference_kg: 0,
        created_by: here.username('bina'),
        short_reason: null,
      });
      for (const time of [created_at, updated_at]) assert.ok(Math.abs(Date.parse(time) - Date.now()) < 60_000);
      assert.deepEqual(await bina.bills.get(code.toLowerCase()), bill);
    });

    test('counts what is scanned onto it, and completes itself with the last parent', async () => {
      const bill = await newBill(2);
      const [one, other] = [await parentWith(3), await parentWith(2, counted(2))];
      const first = await put(bill, one.toLowerCase());
      assert.deepEqual(
        [first.status, first.verdict, first.bag],
        [201, 'linked', { qr: one, child_count: 3, capacity: 30, weight_kg: 3 }],
      );
      assert.deepEqual(figures(first.bill), ['processing', 1, 2, 1, 50, 3, 3, 30]);
      const second = await put(bill, other);
      assert.deepEqual(figures(second.bill), ['completed', 2, 2, 0, 100, 5, 5, 32]);
      assert.deepEqual(figures(await bina.bills.get(bill)), figures(second.bill));
      assert.equal((await dev.bags.get(one)).bill, bill);
    });

    test('follows the children of its parents while it is open', async () => {
      const bill = await newBill(2);
      const [parent, last] = [await parentWith(1), child()];
      await put(bill, parent);
      await dev.scans.batch([child(), last].map((code) => ({ id: uuid7(), parent, child: code })));
      assert.deepEqual(figures(await bina.bills.get(bill)), ['processing', 1, 2, 1, 50, 3, 3, 30]);
      await dev.scans.undo(parent);
      await bina.scans.unlink(parent, (await dev.bags.get(parent)).children[0] as string, 'torn');
      assert.deepEqual(figures(await bina.bills.get(bill)), ['processing', 1, 2, 1, 50, 1, 1, 30]);
      await ada.parents.setChildren(parent, children(5));
      assert.deepEqual(figures(await bina.bills.get(bill)), ['processing', 1, 2, 1, 50, 5, 5, 30]);
    });

    test('refuses with a verdict: already_here, elsewhere, full, not_found, is_child, bad_code', async () => {
      const [bill, other, full] = [await newBill(3), await newBill(3), await newBill(1)];
      const [parent, code] = [await parentWith(1), child()];
      await dev.scans.add({ id: uuid7(), parent: mustard(), child: code });
      await put(bill, parent);
      await put(full, await parentWith(1));

      const already = await isRefused(bill, parent, 409, 'already_here');
      assert.deepEqual(figures(already['bill'] as Bill), ['processing', 1, 3, 2, 33, 1, 1, 30]);
      const elsewhere = await isRefused(other, parent, 409, 'elsewhere');
      assert.deepEqual([elsewhere['where'], elsewhere['detail']], [bill, `${parent} is on bill ${bill}.`]);
      await isRefused(full, await parentWith(1), 409, 'full');
      await isRefused(bill, mustard(), 409, 'not_found');
      await isRefused(bill, code, 409, 'is_child');
      await isRefused(bill, child(), 409, 'not_found');
      for (const wrong of ['?', child(), 'SB1', '']) await isRefused(bill, wrong, 422, 'bad_code', { create: true });
      assert.deepEqual(figures(await bina.bills.get(bill)), ['processing', 1, 3, 2, 33, 1, 1, 30]);
    });

    test('refuses with completed what comes after it was finished short', async () => {
      const bill = await newBill(3);
      await put(bill, await parentWith(1));
      await bina.bills.finish(bill, 'the lorry had to go');
      await isRefused(bill, await parentWith(1), 409, 'completed');
    });

    test('that nobody knows is not found, by whatever call', async () => {
      const path = '/api/bills/NO-SUCH-BILL';
      for (const [method, rest, body] of [
        ['GET', ''],
        ['PATCH', '', { capacity: 3 }],
        ['DELETE', ''],
        ['POST', '/bags', { id: uuid7(), qr: mustard() }],
        ['GET', '/bags'],
        ['DELETE', '/bags/SB10000'],
        ['POST', '/finish', { reason: 'why' }],
        ['POST', '/reopen', { reason: 'why' }],
        ['GET', '/events'],
      ] as const) {
        isRefusal(await ada.call(method, path + rest, body), 404, 'not_found');
      }
    });

    test('takes a typed parent that is not known yet, and makes it', async () => {
      const [bill, parent] = [await newBill(2), mustard()];
      const answer = await put(bill, parent, { create: true });
      assert.deepEqual([answer.verdict, answer.bag?.child_count], ['linked', 0]);
      assert.deepEqual(figures(answer.bill), ['processing', 1, 2, 1, 50, 0, 0, 30]);
      assert.deepEqual([(await dev.bags.get(parent)).bill, (await dev.bags.get(parent)).status], [bill, 'pending']);
    });

    test('is finished short of its capacity with a reason, and not otherwise', async () => {
      const bill = await newBill(4);
      await refused(bina.bills.finish(bill, 'empty'), 409, 'refused');
      await put(bill, await parentWith(2));
      for (const reason of [undefined, '', '  ', 'x'.repeat(501)])
        await refused(bina.bills.finish(bill, reason), 422, 'bad_fields');
      const done = await bina.bills.finish(bill, 'the lorry had to go');
      assert.deepEqual(figures(done), ['completed', 1, 4, 3, 25, 2, 2, 30]);
      assert.equal(
        (await fine<{ short_reason: string }>(bina, 'GET', `/api/bills/${bill}`)).short_reason,
        'the lorry had to go',
      );
      await refused(bina.bills.finish(bill, 'again'), 409, 'refused');
    });

    test('is reopened with a reason, unless it is full or open', async () => {
      const [bill, full] = [await newBill(2), await newBill(1)];
      await put(bill, await parentWith(1));
      await refused(bina.bills.reopen(bill, 'why not'), 409, 'refused');
      await bina.bills.finish(bill, 'early');
      await refused(bina.bills.reopen(bill, ''), 422, 'bad_fields');
      assert.equal((await bina.bills.reopen(bill, 'one was forgotten')).status, 'processing');
      assert.equal((await put(bill, await parentWith(1))).bill?.status, 'completed');
      await put(full, await parentWith(1));
      await refused(bina.bills.reopen(full, 'why not'), 409, 'refused');
    });

    test('lets a parent go, and a completed one is open again then', async () => {
      const bill = await newBill(1);
      const parent = await parentWith(2);
      await put(bill, parent);
      const answer = await fine<{ qr: string; bill: Bill }>(
        bina,
        'DELETE',
        `/api/bills/${bill}/bags/${parent.toLowerCase()}`,
      );
      assert.deepEqual([answer.qr, figures(answer.bill)], [parent, ['new', 0, 1, 1, 0, 0, 0, 0]]);
      assert.equal((await dev.bags.get(parent)).bill, null);
      assert.equal((await dev.scans.add({ id: uuid7(), parent, child: child() })).verdict, 'linked');
      await refused(bina.bills.removeBag(bill, parent), 404, 'not_found');
    });

    test('lists its parents, the last one first, and what happened to it', async () => {
      const bill = await newBill(3);
      const [one, other] = [await parentWith(1), await parentWith(2)];
      await put(bill, one);
      await put(bill, other);
      await put(bill, one);
      await bina.bills.removeBag(bill, one);
      await bina.bills.finish(bill, 'early');
      await bina.bills.reopen(bill, 'late');
      await bina.bills.patch(bill, { capacity: 5 });
      await put(bill, one);
      const items = (await bina.bills.bags(bill)).items;
      assert.deepEqual(
        items.map((bag) => [bag.qr, bag.child_count, bag.linked_by]),
        [
          [one, 1, here.username('bina')],
          [other, 2, here.username('bina')],
        ],
      );
      const events = (await bina.bills.events(bill)).items;
      assert.deepEqual(
        events.map((event) => event.action.replace('bill.', '')),
        ['add_bag', 'edit', 'reopen', 'finish', 'remove_bag', 'refuse', 'add_bag', 'add_bag', 'create'],
      );
      assert.deepEqual(
        events.filter((event) => event.reason !== null).map((event) => event.reason),
        ['late', 'early'],
      );
      assert.ok(events.every((event) => event.user === here.username('bina')));
    });

    test('that is deleted frees its parents, and its code can be used again', async () => {
      const bill = await newBill(2);
      const parent = await parentWith(2);
      await put(bill, parent);
      assert.deepEqual(await fine(ada, 'DELETE', `/api/bills/${bill}`), { freed: 1 });
      await refused(bina.bills.get(bill), 404, 'not_found');
      assert.deepEqual([(await dev.bags.get(parent)).bill, (await dev.bags.get(parent)).child_count], [null, 2]);
      await bina.bills.create({ code: bill, capacity: 1 });
      assert.equal((await put(bill, parent)).verdict, 'linked');
    });

    test('never holds more than its capacity, however many scan at once', async () => {
      const bill = await newBill(5);
      const parents = await Promise.all(Array.from({ length: 12 }, () => parentWith(1)));
      const answers = await Promise.all(parents.map((qr) => put(bill, qr)));
      assert.deepEqual(
        [
          answers.filter((each) => each.verdict === 'linked').length,
          answers.filter((each) => each.verdict === 'full').length,
        ],
        [5, 7],
      );
      assert.deepEqual(figures(await bina.bills.get(bill)), ['completed', 5, 5, 0, 100, 5, 5, 150]);
    });

    test('and another one never get the same parent', async () => {
      const [one, other, parent] = [await newBill(5), await newBill(5), await parentWith(1)];
      const answers = await Promise.all([one, other, one, other].map((bill) => put(bill, parent)));
      assert.equal(answers.filter((each) => each.verdict === 'linked').length, 1);
    });

    test('that is completed is told to whoever made it, and mailed', async () => {
      const here = await Organisation.make(await sharedServer(), 'announced.test');
      const [bina, bala] = await Promise.all([here.as('bina'), here.as('bala')]);
      await sql(here.server, `UPDATE users SET email = username || '@example.org' WHERE org_id = ${here.id}`);
      const told = async () =>
        (await bina.notifications.list()).items
          .filter(({ kind }) => kind === 'bill_completed')
          .map(({ params }) => params);
      const mails = () =>
        sqlValue(here.server, `SELECT count(*) FROM mail WHERE org_id = ${here.id} AND kind = 'bill_completed'`);
      const complete = async (who: Api, code: string) => {
        const parent = counted(1);
        await who.scans.add({ id: uuid7(), parent, child: children(1)[0] ?? '' });
        await bina.bills.create({ code, capacity: 1 });
        await who.bills.addBag(code, { id: uuid7(), qr: parent });
      };
      await complete(bala, 'ANNOUNCED-1');
      assert.ok(await within(10_000, async () => (await told()).length === 1));
      assert.deepEqual(await told(), [{ bill: 'ANNOUNCED-1', parents: 1 }]);
      await complete(bina, 'ANNOUNCED-2'); // her own doing: the mail alone
      assert.ok(await within(10_000, async () => (await mails()) === '2'));
      assert.equal((await told()).length, 1);
      await bina.bills.create({ code: 'ANNOUNCED-3', capacity: 2 });
      const parent = counted(1);
      await bala.scans.add({ id: uuid7(), parent, child: children(1)[0] ?? '' });
      await bala.bills.addBag('ANNOUNCED-3', { id: uuid7(), qr: parent });
      await bala.bills.finish('ANNOUNCED-3', 'the lorry is full');
      assert.ok(await within(10_000, async () => (await told()).length === 2), 'finished short');
    });
  });
}
