/** What else changes what is in a parent: undo, unlink, finish, reopen, the whole list at once. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { uuid7, type Api } from '../../../web/src/api';
import { billCode, child, children, counted, mustard } from '../support/codes';
import { fine, isRefusal, refused } from '../support/expect';
import { Organisation } from '../support/organisation';
import type { Server } from '../support/server';
import { sharedServer } from '../support/shared';
import { sql } from '../support/sql';

export function packing(): void {
  describe('packing', () => {
    let server: Server;
    let here: Organisation;
    let dev: Api;
    let bina: Api;
    let ada: Api;

    before(async () => {
      server = await sharedServer();
      here = await Organisation.make(server, 'packing.test');
      [dev, bina, ada] = await Promise.all([here.as('dev'), here.as('bina'), here.as('ada')]);
    });

    const put = (parent: string, codes: readonly string[], api = dev) =>
      api.scans.batch(codes.map((code) => ({ id: uuid7(), parent, child: code })));

    /** A parent that is on a completed bill. */
    async function closedParent(codes: readonly string[]): Promise<string> {
      const [parent, bill] = [mustard(), billCode()];
      await put(parent, codes);
      await fine(bina, 'POST', '/api/bills', { code: bill, capacity: 1 });
      await fine(bina, 'POST', `/api/bills/${bill}/bags`, { id: uuid7(), qr: parent });
      return parent;
    }

    test('undo takes back one’s own latest link, one after the other', async () => {
      const [parent, codes] = [counted(3), children(3)];
      await put(parent, codes);
      assert.deepEqual(await dev.scans.undo(parent), {
        child: codes[2],
        parent: { qr: parent, child_count: 2, capacity: 3, status: 'in_progress' },
      });
      assert.equal((await dev.scans.undo(parent)).child, codes[1]);
      assert.deepEqual((await dev.scans.undo(parent)).parent, {
        qr: parent,
        child_count: 0,
        capacity: 3,
        status: 'pending',
      });
      await refused(dev.scans.undo(parent), 409, 'nothing_to_undo');
      assert.equal((await dev.bags.get(codes[2] as string)).parent, null);
    });

    test('undo is also where older programs look for it', async () => {
      const [parent, code] = [mustard(), child()];
      await put(parent, [code]);
      assert.equal((await fine<{ child: string }>(dev, 'POST', '/api/unlink_child', { parent })).child, code);
    });

    test('undo passes over what somebody else linked later', async () => {
      const [parent, mine, theirs] = [mustard(), child(), child()];
      await put(parent, [mine]);
      await put(parent, [theirs], bina);
      assert.equal((await dev.scans.undo(parent)).child, mine);
      await refused(dev.scans.undo(parent), 409, 'nothing_to_undo');
      assert.deepEqual((await dev.bags.get(parent)).children, [theirs]);
    });

    test('undo is possible for an hour', async () => {
      const [parent, code] = [mustard(), child()];
      await put(parent, [code]);
      const age = (interval: string) =>
        sql(
          server,
          `UPDATE scan SET recorded_at = now() - interval '${interval}' WHERE org_id = ${here.id} AND child_id = (SELECT id FROM bag WHERE org_id = ${here.id} AND code = '${code}')`,
        );
      await age('61 minutes');
      const { problem } = await refused(dev.scans.undo(parent), 409, 'nothing_to_undo');
      assert.match(problem.detail ?? '', /more than an hour ago/);
      await age('59 minutes');
      assert.equal((await dev.scans.undo(parent)).child, code);
    });

    test('undo leaves the history as it was and adds to it', async () => {
      const [parent, code] = [mustard(), child()];
      await put(parent, [code]);
      await dev.scans.undo(parent);
      await put(parent, [code]);
      const kinds = async (qr: string) =>
        (await dev.bags.history(qr)).items.map((event) => `${event.kind} ${event.verdict}`);
      assert.deepEqual(await kinds(code), ['link linked', 'undo done', 'link linked']);
      assert.deepEqual(await kinds(parent), ['link linked', 'undo done', 'link linked']);
    });

    test('unlinking takes any child out, with a reason that stays in the history', async () => {
      const [parent, code] = [counted(1), child()];
      await put(parent, [code]);
      const answer = await bina.scans.unlink(parent, code.toLowerCase(), 'torn');
      assert.deepEqual(answer, { qr: parent, child_count: 0, capacity: 1, status: 'pending' });
      const [event] = (await dev.bags.history(code)).items;
      assert.deepEqual([event?.kind, event?.reason, event?.user], ['unlink', 'torn', here.username('bina')]);
    });

    test('unlinking needs a reason, and a child that is in there', async () => {
      const [parent, code] = [mustard(), child()];
      await put(parent, [code]);
      for (const reason of ['', undefined, 'x'.repeat(501)]) {
        isRefusal(await bina.call('DELETE', `/api/parents/${parent}/children/${code}`, { reason }), 422, 'bad_fields');
      }
      for (const [p, c] of [
        [parent, child()],
        [mustard(), code],
        [code, code],
        [parent, parent],
      ] as const)
        await refused(bina.scans.unlink(p, c, 'torn'), 404, 'not_found');
      assert.deepEqual((await dev.bags.get(parent)).children, [code]);
    });

    test('nothing is taken out while the parent is on a completed bill', async () => {
      const codes = children(2);
      const parent = await closedParent(codes);
      await refused(dev.scans.undo(parent), 409, 'refused');
      await refused(bina.scans.unlink(parent, codes[0] as string, 'torn'), 409, 'refused');
      await refused(bina.parents.reopen(parent, 'more to come'), 409, 'refused');
      await refused(ada.parents.setChildren(parent, []), 409, 'refused');
      assert.deepEqual((await dev.bags.get(parent)).children, codes);
    });

    test('finishing completes a parent early; an empty one can’t be finished', async () => {
      const parent = mustard();
      await put(parent, children(2));
      const done = { qr: parent, child_count: 2, capacity: 30, status: 'completed' };
      assert.deepEqual(await dev.parents.finish(parent), done);
      assert.deepEqual(await dev.parents.finish(parent), done);

      const empty = mustard();
      await dev.parents.open({ id: uuid7(), qr: empty });
      await refused(dev.parents.finish(empty), 409, 'refused');
      await refused(dev.parents.finish(mustard()), 404, 'not_found');
    });

    test('reopening lets children in again, unless the parent is full', async () => {
      const [parent, full] = [mustard(), counted(1)];
      await put(parent, [child()]);
      await put(full, [child()]);
      await dev.parents.finish(parent);
      assert.equal((await bina.parents.reopen(parent, 'two were forgotten')).status, 'in_progress');
      assert.equal((await put(parent, [child()]))[0]?.verdict, 'linked');
      await refused(bina.parents.reopen(full, 'again'), 409, 'refused');
      assert.deepEqual(
        (await dev.bags.history(parent)).items.map((event) => event.kind),
        ['link', 'reopen', 'finish', 'link'],
      );
    });

    test('an admin sets the whole list: what is missing goes out, what is new goes in', async () => {
      const [parent, codes, fresh] = [counted(4), children(3), child()];
      await put(parent, codes);
      await ada.parents.setChildren(parent, [codes[2] as string, codes[0] as string, fresh, fresh.toLowerCase()]);
      assert.deepEqual(new Set((await dev.bags.get(parent)).children), new Set([codes[0], codes[2], fresh]));
      assert.equal((await dev.bags.get(codes[1] as string)).parent, null);

      await ada.parents.setChildren(parent, []);
      const bag = await dev.bags.get(parent);
      assert.deepEqual([bag.children, bag.status, bag.child_count, bag.weight_kg], [[], 'pending', 0, 0]);
    });

    test('a list that can’t be set changes nothing and names the first child that can’t be in it', async () => {
      const [parent, other, codes] = [counted(2), mustard(), children(4)];
      await put(parent, [codes[0] as string]);
      await put(other, [codes[1] as string]);
      for (const [list, detail] of [
        [[codes[1]], `${codes[1]} is in ${other}.`],
        [[codes[0], codes[2], codes[3]], /There is no room left/],
        [[other], /parent bag/],
        [['?'], /code can't be used/],
      ] as [string[], string | RegExp][]) {
        const { problem } = await refused(ada.parents.setChildren(parent, list), 409, 'refused');
        assert.match(problem.detail ?? '', detail instanceof RegExp ? detail : new RegExp(detail.replace('.', '\\.')));
        assert.deepEqual((await dev.bags.get(parent)).children, [codes[0]]);
      }
    });

    test('a dispatcher with an area finds no parent of another area', async () => {
      const [lata, indra] = await Promise.all([here.as('lata'), here.as('indra')]);
      const parent = mustard();
      await put(parent, [child()], lata);
      await refused(indra.scans.undo(parent), 404, 'not_found');
      await refused(indra.parents.finish(parent), 404, 'not_found');
      isRefusal(await indra.call('POST', '/api/parents', { id: uuid7(), qr: parent }), 409, 'other_area');
      await lata.parents.finish(parent);
    });

    test('of a bag of another area, or in a parent of one, nothing is told', async () => {
      const [lata, indra, ada] = await Promise.all([here.as('lata'), here.as('indra'), here.as('ada')]);
      const [theirs, own, free] = [mustard(), mustard(), child()];
      const code = child();
      await put(theirs, [code], lata);
      await fine(ada, 'POST', '/api/bags', { qr: free });
      await put(theirs, [free], ada);
      for (const [parent, scanned] of [
        [own, code],
        [own, free],
        [theirs, child()],
        [theirs, code],
      ] as const) {
        const problem = isRefusal(
          await indra.call('POST', '/api/scans', { id: uuid7(), parent, child: scanned }),
          409,
          'other_area',
        );
        const said = JSON.stringify({ ...problem, request_id: '' });
        assert.ok(!('parent' in problem) && !('where' in problem), said);
        if (parent === own) assert.ok(!said.includes(theirs), said);
        const [batched] = await indra.scans.batch([{ id: uuid7(), parent, child: scanned }]);
        assert.deepEqual([batched?.verdict, batched?.parent, batched?.where], ['other_area', undefined, undefined]);
      }
    });

    test('a free area’s bag in a parent of another area is found by nobody of this one', async () => {
      const [lata, indra, ada] = await Promise.all([here.as('lata'), here.as('indra'), here.as('ada')]);
      const [theirs, free] = [mustard(), child()];
      await put(theirs, [child()], lata);
      await fine(ada, 'POST', '/api/bags', { qr: free });
      assert.equal((await indra.bags.get(free)).parent, null);
      await put(theirs, [free], ada);
      assert.equal((await lata.bags.get(free)).parent, theirs);
      await refused(indra.bags.get(free), 404, 'not_found');
      assert.deepEqual((await indra.search.find(free)).items, []);
      assert.deepEqual(
        (await indra.search.find(free.slice(0, -1))).items.filter((hit) => hit.code === free),
        [],
      );
      for (const row of (await indra.bags.list({ q: free })).items) assert.equal(row.parent, null);
    });

    test('opening a parent makes it once, and says which bag it is', async () => {
      const parent = mustard();
      const bag = await dev.parents.open({ id: uuid7(), qr: ` ${parent.toLowerCase()} ` });
      assert.deepEqual(
        [bag.qr, bag.kind, bag.family, bag.status, bag.child_count, bag.capacity],
        [parent, 'parent', 'mustard', 'pending', 0, 30],
      );
      for (const wrong of [child(), 'SB1', '', '🙂'])
        isRefusal(await dev.call('POST', '/api/parents', { id: uuid7(), qr: wrong }), 422, 'not_a_parent');
    });

    test('ten people who open the same new parent at once get the same one', async () => {
      const parent = mustard();
      const replies = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          (i % 2 === 0 ? dev : bina).call('POST', '/api/parents', { id: uuid7(), qr: parent }),
        ),
      );
      assert.equal(replies.filter((reply) => reply.status === 201).length, 1);
      assert.equal(replies.filter((reply) => reply.status === 200).length, 9);
    });
  });
}
