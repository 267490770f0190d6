/** Bags: looked up, made and deleted by hand, found by search. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { uuid7, type Api } from '../../../web/src/api';
import { billCode, child, children, counted, mustard } from '../support/codes';
import { fine, isRefusal, refused } from '../support/expect';
import { Organisation } from '../support/organisation';
import { sharedServer } from '../support/shared';

interface Made {
  results: { qr: string; verdict: string }[];
}

export function bags(): void {
  describe('bags', () => {
    let here: Organisation;
    let dev: Api;
    let bina: Api;

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'bags.test');
      [dev, bina] = await Promise.all([here.as('dev'), here.as('bina')]);
    });

    const put = (parent: string, codes: readonly string[], api = dev) =>
      api.scans.batch(codes.map((code) => ({ id: uuid7(), parent, child: code })));

    test('a parent is shown with all that is known of it', async () => {
      const [parent, codes, bill] = [mustard(), children(2), billCode()];
      await put(parent, codes, await here.as('lata'));
      await fine(bina, 'POST', '/api/bills', { code: bill, capacity: 9 });
      await fine(bina, 'POST', `/api/bills/${bill}/bags`, { id: uuid7(), qr: parent });
      const bag = await dev.bags.get(parent.toLowerCase());
      const { created_at, updated_at, ...rest } = bag;
      assert.deepEqual(rest, {
        qr: parent,
        kind: 'parent',
        family: 'mustard',
        status: 'in_progress',
        area: 'Lucknow',
        child_count: 2,
        capacity: 30,
        weight_kg: 2,
        expected_weight_kg: 30,
        parent: null,
        bill,
        created_by: here.username('lata'),
        children: codes,
      });
      for (const time of [created_at, updated_at]) assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    });

    test('a child is shown with its parent and no figures of its own', async () => {
      const [parent, code] = [mustard(), child()];
      await put(parent, [code]);
      const bag = await dev.bags.get(code);
      assert.deepEqual(
        [
          bag.kind,
          bag.parent,
          bag.family,
          bag.status,
          bag.child_count,
          bag.capacity,
          bag.bill,
          bag.children,
          bag.weight_kg,
        ],
        ['child', parent, null, null, null, null, null, [], 1],
      );
    });

    test('a code that nobody knows is not found, whatever it looks like', async () => {
      for (const code of [
        mustard(),
        child(),
        'ü',
        '🙂',
        '%',
        "'",
        '..',
        '.',
        'a/b',
        '?',
        '#',
        ' ',
        'x'.repeat(200),
        'x'.repeat(5000),
      ]) {
        const reply = await dev.call('GET', `/api/bag/${encodeURIComponent(code)}`);
        assert.ok(
          reply.status === 404 || (reply.status === 400 && code.length > 1000),
          `${code.slice(0, 10)}: ${reply.status}`,
        );
      }
    });

    test('another area’s bag is not found by a dispatcher who has an area', async () => {
      const [lata, indra] = await Promise.all([here.as('lata'), here.as('indra')]);
      const [parent, code] = [mustard(), child()];
      await put(parent, [code], lata);
      for (const qr of [parent, code]) {
        await refused(indra.bags.get(qr), 404, 'not_found');
        assert.deepEqual((await indra.bags.list({ q: qr })).items, []);
        await refused(indra.bags.history(qr), 404, 'not_found');
        assert.deepEqual((await indra.search.find(qr)).items, []);
        for (const api of [lata, dev, bina]) assert.equal((await api.bags.get(qr)).qr, qr);
      }
      assert.ok((await indra.scans.list({ limit: 200 })).items.every((event) => event.parent !== parent));
    });

    test('one can be made by hand: a parent by its code, else a child, free or in a parent', async () => {
      const [parent, free, packed] = [mustard(), child(), child()];
      const make = async (body: object) => {
        const reply = await dev.call<{ kind: string; parent: string | null }>('POST', '/api/bags', body);
        return [reply.status, reply.body.kind, reply.body.parent];
      };
      assert.deepEqual(await make({ qr: parent }), [201, 'parent', null]);
      assert.deepEqual(await make({ qr: free }), [201, 'child', null]);
      assert.deepEqual(await make({ qr: packed, parent }), [201, 'child', parent]);
      assert.deepEqual(await make({ qr: free, parent }), [201, 'child', parent]);
    });

    test('what can’t be made says why, as a scan would', async () => {
      const [parent, code, full] = [mustard(), child(), counted(1)];
      await put(parent, [code]);
      await put(full, [child()]);
      for (const [body, status, verdict] of [
        [{ qr: code }, 409, 'already_here'],
        [{ qr: parent }, 409, 'already_here'],
        [{ qr: '?' }, 422, 'bad_code'],
        [{ qr: 'SB1-' }, 422, 'bad_code'],
        [{ qr: code, parent: mustard() }, 409, 'elsewhere'],
        [{ qr: child(), parent: full }, 409, 'full'],
        [{ qr: child(), parent: code }, 422, 'not_a_parent'],
        [{ qr: parent, parent: full }, 409, 'is_parent'],
      ] as const) {
        const problem = isRefusal(await dev.call('POST', '/api/bags', body), status, verdict);
        assert.equal(problem.verdict, verdict);
      }
      isRefusal(await dev.call('POST', '/api/bags', {}), 422, 'bad_fields');
    });

    test('a thousand can be made at once, with a verdict for each', async () => {
      const [parent, codes] = [counted(500), children(997)];
      const list = [
        { qr: parent },
        ...codes.slice(0, 400).map((qr) => ({ qr, parent })),
        ...codes.slice(400).map((qr) => ({ qr })),
        { qr: codes[0] },
        { qr: '?' },
      ];
      assert.equal(list.length, 1000);
      const { results } = await fine<Made>(dev, 'POST', '/api/bags', { bags: list });
      assert.deepEqual(
        results.map((each) => each.qr),
        list.map((each) => each.qr),
      );
      const said = (from: number, to: number) => [...new Set(results.slice(from, to).map((each) => each.verdict))];
      assert.deepEqual(
        [said(0, 1), said(1, 401), said(401, 998), said(998, 999), said(999, 1000)],
        [['created'], ['linked'], ['created'], ['already_here'], ['bad_code']],
      );
      assert.equal((await dev.bags.get(parent)).child_count, 400);
      isRefusal(await dev.call('POST', '/api/bags', { bags: [...list, { qr: child() }] }), 422, 'bad_fields');
    });

    test('a free and empty one can be deleted, and its history stays', async () => {
      const [parent, code] = [mustard(), child()];
      await put(parent, [code]);
      await refused(bina.bags.remove(parent), 409, 'refused');
      await refused(bina.bags.remove(code), 409, 'refused');
      await dev.scans.undo(parent);
      await bina.bags.remove(code.toLowerCase());
      await bina.bags.remove(parent);
      await refused(dev.bags.get(code), 404, 'not_found');
      await refused(bina.bags.remove(code), 404, 'not_found');
      for (const gone of [code, parent]) assert.ok((await dev.bags.history(gone)).items.length > 0, gone);
      const [undone, linked] = (await dev.bags.history(code.toLowerCase())).items;
      assert.deepEqual([undone?.kind, undone?.child, linked?.kind, linked?.parent], ['undo', code, 'link', parent]);
      assert.deepEqual(
        (await dev.scans.list({ bag: parent })).items.map((scan) => scan.child),
        [code, code, null].slice(0, 2),
      );
    });

    test('a code that no bag has had, or one of another area has, has no history', async () => {
      const [lata, indra] = await Promise.all([here.as('lata'), here.as('indra')]);
      const [parent, code] = [mustard(), child()];
      for (const unknown of [mustard(), child(), '?', 'nothing of this name'])
        await refused(dev.bags.history(unknown), 404, 'not_found');
      await put(parent, [code], lata);
      for (const qr of [parent, code]) await refused(indra.bags.history(qr), 404, 'not_found');
      assert.deepEqual((await indra.scans.list({ bag: parent })).items, []);
      await lata.scans.undo(parent);
      await bina.bags.remove(code);
      await refused(indra.bags.history(code), 404, 'not_found');
      assert.equal((await lata.bags.history(code)).items.length, 2);
      // The code begins anew, with a life of its own.
      await fine(dev, 'POST', '/api/bags', { qr: code });
      assert.equal((await dev.bags.history(code)).items.length, 0);
    });

    test('one on a bill can’t be deleted', async () => {
      const [parent, bill] = [mustard(), billCode()];
      await fine(bina, 'POST', '/api/bills', { code: bill, capacity: 2 });
      await fine(bina, 'POST', `/api/bills/${bill}/bags`, { id: uuid7(), qr: parent, create: true });
      await refused(bina.bags.remove(parent), 409, 'refused');
    });

    test('a search finds the exact code first, then by beginning, then by part', async () => {
      for (const qr of ['SB77700', 'SB77701', 'M444-77700', 'SB777']) await fine(dev, 'POST', '/api/bags', { qr });
      await fine(bina, 'POST', '/api/bills', { code: 'SB777-BILL', capacity: 1 });
      await fine(bina, 'POST', '/api/bills', { code: 'X-SB777', capacity: 1 });
      const found = async (q: string, who = bina) =>
        (await who.search.find(q)).items.map((hit) => `${hit.type} ${hit.code}`);
      assert.deepEqual(await found(' sb777 '), [
        'child SB777',
        'parent SB77700',
        'parent SB77701',
        'bill SB777-BILL',
        'bill X-SB777',
      ]);
      assert.deepEqual(
        await found('sb777', dev),
        ['child SB777', 'parent SB77700', 'parent SB77701'],
        'a dispatcher sees no bills',
      );
      assert.deepEqual(await found('77700'), ['parent M444-77700', 'parent SB77700']);
      for (const q of ['', ' ', '%', '_', 'nothing-of-this-name', '\\']) assert.deepEqual(await found(q), [], q);
    });

    test('a search finds return tickets for billers, and people for administrators', async () => {
      const ada = await here.as('ada');
      const ticket = await bina.returns.create({ location: 'C&F Ujjain' });
      const found = async (q: string, who: Api) =>
        (await who.search.find(q)).items.map(({ type, code }) => [type, code]);
      for (const q of [ticket.code, ticket.code.slice(0, 12), ticket.code.slice(-6), 'ujjain']) {
        assert.deepEqual(await found(q, bina), [['return', ticket.code]], q);
        assert.deepEqual(await found(q, dev), [], q);
      }
      const name = here.username('dev');
      for (const q of [name, name.toUpperCase(), name.slice(1)]) {
        const [hit] = (await ada.search.find(q)).items.filter(({ type }) => type === 'user');
        assert.deepEqual([hit?.code, hit?.detail], [name, 'dispatcher'], q);
        assert.equal((await ada.users.get(hit?.id ?? 0)).username, name);
        assert.deepEqual(await found(q, bina), [], q);
      }
    });

    test('a search that finds nothing offers what differs in one character, the likeliest first', async () => {
      for (const qr of ['SB88012', 'SB88810', 'SB8801', 'ROAD8801']) await fine(dev, 'POST', '/api/bags', { qr });
      const near = async (q: string, who = dev) => (await who.search.find(q)).near.map(({ code }) => code);
      assert.deepEqual(await near('SB880I2'), ['SB88012']); // I for 1
      assert.deepEqual(await near('5B88012'), ['SB88012']); // 5 for S
      assert.deepEqual(await near('SB88102'), ['SB88012']); // exchanged
      assert.deepEqual(await near('S888810'), ['SB88810']); // 8 for B
      assert.deepEqual(await near('SB880112'), ['SB88012']); // one too many
      assert.deepEqual(await near('R0AD8801'), ['ROAD8801']);
      assert.deepEqual((await dev.search.find('SB88012')).near, [], 'it was found');
      assert.deepEqual(await near('XY99912'), []);
      for (const q of ['', 'S', '%%%%%', 'X'.repeat(90), 'नमस्ते']) assert.deepEqual(await near(q), [], q);
      const [mine, indra] = await Promise.all([here.as('lata'), here.as('indra')]);
      await fine(mine, 'POST', '/api/bags', { qr: 'LUCK4711' });
      assert.deepEqual(await near('LUCK47II', mine), []);
      assert.deepEqual(await near('LUCK471I', mine), ['LUCK4711']);
      assert.deepEqual(await near('LUCK471I', indra), [], 'of another area nothing is told');
    });

    test('a search makes no difference of case, width and composition', async () => {
      const code = billCode();
      await fine(bina, 'POST', '/api/bills', { code, capacity: 1, description: 'Entrep\u00f4t Nord' });
      for (const q of ['entrep\u00f4t', 'ENTREP\u00d4T', 'Entrepo\u0302t n', '\uff25ntrep\u00f4t']) {
        assert.deepEqual(
          (await bina.search.find(q)).items.map((hit) => hit.code),
          [code],
          q,
        );
        assert.deepEqual(
          (await bina.bills.list({ q })).items.map((bill) => bill.code),
          [code],
          q,
        );
      }
    });
  });
}
