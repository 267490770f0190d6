/** Returns: parents come back on tickets, and go back onto their bills. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { uuid7, type Api, type ReturnAnswer } from '../../../web/src/api';
import { billCode, child, children, mustard } from '../support/codes';
import { fine, isRefusal, refused } from '../support/expect';
import { conforms } from '../support/openapi';
import { Organisation } from '../support/organisation';
import { sharedServer } from '../support/shared';

export function returns(): void {
  describe('a return ticket', () => {
    let here: Organisation;
    let dev: Api;
    let bina: Api;
    let ada: Api;

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'returns.test');
      [dev, bina, ada] = await Promise.all([here.as('dev'), here.as('bina'), here.as('ada')]);
    });

    const open = async () => (await bina.returns.create({ location: 'Indore' })).code;
    const comeBack = (ticket: string, qr: string): Promise<ReturnAnswer> =>
      bina.returns.addBag(ticket, { id: uuid7(), qr });

    /** A bill with that many parents of two children each. */
    async function billed(capacity: number, parents: number): Promise<{ bill: string; on: string[] }> {
      const bill = billCode();
      const on = Array.from({ length: parents }, () => mustard());
      await bina.bills.create({ code: bill, capacity });
      for (const parent of on) {
        await dev.scans.batch(children(2).map((code) => ({ id: uuid7(), parent, child: code })));
        await bina.bills.addBag(bill, { id: uuid7(), qr: parent });
      }
      return { bill, on };
    }

    async function isRefused(ticket: string, qr: string, verdict: string): Promise<void> {
      const reply = await bina.call<Record<string, unknown>>('POST', `/api/returns/${ticket}/bags`, {
        id: uuid7(),
        qr,
      });
      isRefusal(reply, 409, verdict);
      assert.equal(reply.body['verdict'], verdict);
      conforms('POST', '/api/returns/{code}/bags', 409, 'application/problem+json', reply.body);
    }

    test('has a code of the day, a location, and begins open and empty', async () => {
      const ticket = await bina.returns.create({ location: 'C&F Indore', notes: 'Lorry 7' });
      assert.match(ticket.code, /^RTN-20\d{6}-[2-9A-HJ-NP-Z]{4}$/);
      assert.deepEqual(
        [ticket.location, ticket.notes, ticket.status, ticket.bags, ticket.children, ticket.weight_kg],
        ['C&F Indore', 'Lorry 7', 'open', 0, 0, 0],
      );
      assert.deepEqual(await bina.returns.get(ticket.code.toLowerCase()), ticket);
      for (const location of ['', ' ', ' Indore', 'x'.repeat(201)])
        await refused(bina.returns.create({ location }), 422, 'bad_fields');
    });

    test('takes a parent off its bill at once, and leaves its children in it', async () => {
      const { bill, on } = await billed(3, 2);
      const ticket = await open();
      const answer = await comeBack(ticket, on[0]?.toLowerCase() ?? '');
      assert.deepEqual(
        [answer.verdict, answer.bill, answer.ticket],
        ['done', bill, { code: ticket, bags: 1, children: 2, weight_kg: 2 }],
      );
      const bag = await dev.bags.get(on[0] ?? '');
      assert.deepEqual([bag.bill, bag.child_count], [null, 2]);
      const now = await bina.bills.get(bill);
      assert.deepEqual([now.status, now.linked, now.returned, now.children], ['processing', 1, 0, 2]);
      const [latest] = (await bina.bills.events(bill)).items;
      assert.deepEqual([latest?.action, latest?.bag], ['bill.return', on[0]]);
      assert.equal((latest?.before as { linked: number }).linked, 2);
      assert.equal((latest?.after as { linked: number }).linked, 1);
      const [moment] = (await dev.bags.history(on[0] ?? '')).items;
      assert.deepEqual([moment?.kind, moment?.bill, moment?.ticket], ['return', bill, ticket]);
      const notes = await ada.audit.list({ action: 'return.add_bag', entity: 'return' });
      assert.equal(notes.items[0]?.name, ticket);
    });

    test('leaves a completed bill completed, which tells how many came back', async () => {
      const { bill, on } = await billed(2, 2);
      const ticket = await open();
      for (const parent of on) await comeBack(ticket, parent);
      const now = await bina.bills.get(bill);
      assert.deepEqual([now.status, now.linked, now.returned], ['completed', 0, 2]);
      assert.deepEqual(
        (await bina.returns.bags(ticket)).items.map(({ qr, bill: of }) => [qr, of]),
        [...on].reverse().map((qr) => [qr, bill]),
      );
    });

    test('refuses with a verdict: already_here, not_on_a_bill, not_found, is_child, ticket_closed', async () => {
      const { on } = await billed(2, 1);
      const ticket = await open();
      const [parent, code] = [mustard(), child()];
      await dev.scans.add({ id: uuid7(), parent, child: code });
      await comeBack(ticket, on[0] ?? '');
      await isRefused(ticket, on[0] ?? '', 'already_here');
      await isRefused(ticket, parent, 'not_on_a_bill');
      await isRefused(ticket, mustard(), 'not_found');
      await isRefused(ticket, code, 'is_child');
      await bina.returns.commit(ticket);
      await isRefused(ticket, mustard(), 'ticket_closed');
    });

    test('answers the same scan again as it did at first, and nobody else’s', async () => {
      const { bill, on } = await billed(3, 2);
      const ticket = await open();
      const scan = { id: uuid7(), qr: on[0] ?? '' };
      const first = await bina.returns.addBag(ticket, scan);
      await comeBack(ticket, on[1] ?? '');
      assert.deepEqual(await bina.returns.addBag(ticket, scan), first);
      await refused(bina.returns.addBag(await open(), scan), 422, 'id_reused');
      await refused(ada.returns.addBag(ticket, scan), 422, 'id_reused');
      await refused(bina.bills.addBag(bill, scan), 422, 'id_reused');
    });

    test('gives one parent back onto its bill', async () => {
      const { bill, on } = await billed(2, 2);
      const ticket = await open();
      for (const parent of on) await comeBack(ticket, parent);
      const undone = await bina.returns.undoBag(ticket, on[0] ?? '');
      assert.deepEqual([undone.qr, undone.ticket.bags], [on[0], 1]);
      const now = await bina.bills.get(bill);
      assert.deepEqual([now.status, now.linked, now.returned], ['completed', 1, 1]);
      await refused(bina.returns.undoBag(ticket, on[0] ?? ''), 404, 'not_found');
    });

    test('is cancelled with all that can go back, and names what can’t', async () => {
      const { bill, on } = await billed(3, 3);
      const ticket = await open();
      for (const parent of on) await comeBack(ticket, parent);
      const other = billCode();
      await bina.bills.create({ code: other, capacity: 1 });
      await bina.bills.addBag(other, { id: uuid7(), qr: on[1] ?? '' });

      const answer = await fine<{ restored: string[]; not_restored: object[] }>(
        bina,
        'POST',
        `/api/returns/${ticket}/cancel`,
      );
      conforms('POST', '/api/returns/{code}/cancel', 200, 'application/json', answer);
      assert.deepEqual(answer.restored, [on[0], on[2]]);
      assert.deepEqual(answer.not_restored, [{ qr: on[1], why: 'bag_billed' }]);
      assert.deepEqual((await bina.bills.get(bill)).linked, 2);
      const after = await bina.returns.get(ticket);
      assert.deepEqual([after.status, after.bags, after.closed_by], ['cancelled', 1, here.username('bina')]);
      await refused(bina.returns.cancel(ticket), 409, 'refused');
      await refused(bina.returns.commit(ticket), 409, 'refused');
    });

    test('is final once it is committed', async () => {
      const { on } = await billed(2, 1);
      const ticket = await open();
      await refused(bina.returns.commit(ticket), 409, 'refused');
      await bina.returns.patch(ticket, { notes: 'two sacks are wet' });
      await comeBack(ticket, on[0] ?? '');
      assert.equal((await bina.returns.commit(ticket)).status, 'committed');
      await refused(bina.returns.patch(ticket, { notes: 'none' }), 409, 'refused');
      await refused(bina.returns.undoBag(ticket, on[0] ?? ''), 409, 'refused');
      await refused(bina.returns.cancel(ticket), 409, 'refused');
    });

    test('that nobody knows is not found, by whatever call', async () => {
      const path = '/api/returns/RTN-20260101-AAAA';
      for (const [method, rest, body] of [
        ['GET', ''],
        ['PATCH', '', { notes: 'none' }],
        ['POST', '/bags', { id: uuid7(), qr: mustard() }],
        ['GET', '/bags'],
        ['DELETE', '/bags/SB10000'],
        ['POST', '/commit'],
        ['POST', '/cancel'],
      ] as const)
        isRefusal(await bina.call(method, path + rest, body), 404, 'not_found');
    });
  });
}
