/** Child scans: one verdict each, with the status and the words that the contract promises. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { uuid7, type Api, type ScanAnswer } from '../../../web/src/api';
import { billCode, child, children, counted, mustard } from '../support/codes';
import { fine, isRefusal } from '../support/expect';
import { conforms } from '../support/openapi';
import { Organisation } from '../support/organisation';
import { sharedServer } from '../support/shared';
import { fingerprint } from '../support/sql';

export function scans(): void {
  describe('a child scan', () => {
    let here: Organisation;
    let dev: Api;
    let bina: Api;

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'scans.test');
      dev = await here.as('dev');
      bina = await here.as('bina');
    });

    const scan = (parent: string, code: string, api = dev): Promise<ScanAnswer> =>
      api.scans.add({ id: uuid7(), parent, child: code });
    const fill = (parent: string, codes: readonly string[], api = dev) =>
      api.scans.batch(codes.map((code) => ({ id: uuid7(), parent, child: code })));

    /** What the contract promises of a refusal: a problem of the verdict's own type, with the verdict and the parent. */
    async function isRefused(
      parent: string,
      code: string,
      status: number,
      verdict: string,
      api = dev,
    ): Promise<Record<string, unknown>> {
      const id = uuid7();
      const reply = await api.call<Record<string, unknown>>('POST', '/api/scans', { id, parent, child: code });
      isRefusal(reply, status, verdict);
      assert.deepEqual([reply.body['verdict'], reply.body['id']], [verdict, id]);
      conforms('POST', '/api/scans', status, 'application/problem+json', reply.body);
      return reply.body;
    }

    test('that is linked answers 201 with the parent as it is now', async () => {
      const [parent, code, id] = [mustard(), child(), uuid7()];
      const reply = await dev.call('POST', '/api/scans', { id, parent, child: code });
      assert.equal(reply.status, 201);
      assert.deepEqual(reply.body, {
        id,
        verdict: 'linked',
        parent: { qr: parent, child_count: 1, capacity: 30, status: 'in_progress' },
        child: code,
      });
      assert.equal((await scan(parent, child())).parent?.child_count, 2);
    });

    test('makes a well-formed parent that is not known yet, of each family', async () => {
      for (const [parent, capacity] of [
        [mustard(), 30],
        ['M444-00001', 15],
        [counted(7), 7],
        ['P1-500', 500],
        ['P2-1', 1],
      ] as const) {
        const answer = await scan(parent, child());
        assert.deepEqual([answer.verdict, answer.parent?.capacity], ['linked', capacity], parent);
        assert.equal(answer.parent?.status, capacity === 1 ? 'completed' : 'in_progress');
      }
    });

    test('that fills the parent completes it', async () => {
      const parent = counted(3);
      const answers = await fill(parent, children(3));
      assert.deepEqual(
        answers.map((answer) => answer.parent?.status),
        ['in_progress', 'in_progress', 'completed'],
      );
      assert.equal((await dev.bags.get(parent)).status, 'completed');
    });

    test('of a child that is in this very parent is already_here', async () => {
      const [parent, code] = [mustard(), child()];
      await scan(parent, code);
      const body = await isRefused(parent, code, 409, 'already_here');
      assert.deepEqual(body['parent'], { qr: parent, child_count: 1, capacity: 30, status: 'in_progress' });
      await isRefused(parent, code.toLowerCase(), 409, 'already_here');
    });

    test('of a child that is in another parent is elsewhere, and says where', async () => {
      const [one, other, code] = [mustard(), mustard(), child()];
      await scan(one, code);
      const body = await isRefused(other, code, 409, 'elsewhere');
      assert.equal(body['where'], one);
      assert.equal(body['detail'], `${code} is in ${one}.`);
      assert.equal((await dev.bags.get(code)).parent, one);
    });

    test('into a parent that holds its capacity is full', async () => {
      const parent = counted(2);
      await fill(parent, children(2));
      const body = await isRefused(parent, child(), 409, 'full');
      assert.deepEqual(body['parent'], { qr: parent, child_count: 2, capacity: 2, status: 'completed' });
    });

    test('into a parent that was finished early is full, and says so', async () => {
      const parent = counted(5);
      await scan(parent, child());
      await dev.parents.finish(parent);
      const body = await isRefused(parent, child(), 409, 'full');
      assert.match(String(body['detail']), /finished with 1/);
    });

    test('of a parent’s code is is_parent, whether or not that parent is known', async () => {
      const [parent, known] = [mustard(), mustard()];
      await scan(known, child());
      for (const code of [known, mustard(), 'M444-12345', parent, 'P5-10', 'sb12345'])
        await isRefused(parent, code, 409, 'is_parent');
    });

    test('into what is no parent is not_a_parent', async () => {
      const code = child();
      await scan(mustard(), code);
      for (const wrong of [code, 'SB1234', 'SB123456', 'M444-1', 'P12-501', 'P12-0', 'P12-01', '???', '', 'C123']) {
        const body = await isRefused(wrong, child(), 422, 'not_a_parent');
        assert.equal('parent' in body && wrong !== code, false, wrong);
      }
    });

    test('of a malformed code is bad_code', async () => {
      const parent = mustard();
      for (const wrong of [
        '',
        'ABC',
        'x'.repeat(21),
        'KID-0001',
        'KID 0001',
        'ÄÖÜÄÖÜ',
        '🙂🙂🙂🙂',
        "'; DROP TABLE bag; --",
        '%',
        '<b>1234</b>',
        'c'.repeat(200),
      ]) {
        await isRefused(parent, wrong, 422, 'bad_code');
      }
    });

    test('is cleaned before it is judged', async () => {
      const parent = mustard();
      for (const [typed, clean] of [
        ['  kid7777a\t\r\n', 'KID7777A'],
        ['\u200bkid7777b\ufeff', 'KID7777B'],
        ['\u202ekid7777c\u202c', 'KID7777C'],
        ['Label No. 0016586', '0016586'],
        ['LABEL NO: 0016587 SOMETHING', '0016587'],
        ['label no 0016588', '0016588'],
      ] as const) {
        const answer = await scan(` ${parent.toLowerCase()}\n`, typed);
        assert.deepEqual([answer.verdict, answer.child], ['linked', clean]);
      }
    });

    test('into a parent on a completed bill is bill_closed', async () => {
      const [parent, other, bill] = [mustard(), mustard(), billCode()];
      await fill(parent, children(2));
      await scan(other, child());
      await fine(bina, 'POST', '/api/bills', { code: bill, capacity: 1 });
      await fine(bina, 'POST', `/api/bills/${bill}/bags`, { id: uuid7(), qr: parent });
      const rows = await fingerprint(here.server, here.id);
      const body = await isRefused(parent, child(), 409, 'bill_closed');
      assert.deepEqual(body['parent'], { qr: parent, child_count: 2, capacity: 30, status: 'in_progress' });
      const after = await fingerprint(here.server, here.id);
      assert.deepEqual([after['bag'], after['bill']], [rows['bag'], rows['bill']]);
    });

    test('of another area’s bag is other_area to a dispatcher who has an area', async () => {
      const [lata, indra] = [await here.as('lata'), await here.as('indra')];
      const [parent, loose, code] = [mustard(), mustard(), child()];
      assert.equal((await scan(parent, code, lata)).verdict, 'linked');
      assert.equal((await dev.bags.get(parent)).area, 'Lucknow');

      await isRefused(parent, child(), 409, 'other_area', indra);
      await bina.scans.unlink(parent, code, 'to move it');
      await isRefused(mustard(), code, 409, 'other_area', indra);

      assert.equal((await scan(parent, child(), dev)).verdict, 'linked');
      assert.equal((await scan(loose, child(), dev)).verdict, 'linked');
      assert.equal((await scan(loose, child(), indra)).verdict, 'linked');
      assert.equal((await dev.bags.get(loose)).area, 'Indore');
    });

    test('keeps the device’s own time, and a clock that is ahead counts as now', async () => {
      const parent = mustard();
      const at = new Date(Date.now() - 3_600_000).toISOString();
      await dev.scans.add({ id: uuid7(), parent, child: child(), at });
      await dev.scans.add({ id: uuid7(), parent, child: child(), at: '2099-01-01T00:00:00Z' });
      const [newest, oldest] = (await dev.bags.history(parent)).items;
      assert.equal(Date.parse(oldest?.at ?? ''), Date.parse(at));
      assert.ok(Math.abs(Date.parse(newest?.at ?? '') - Date.now()) < 60_000);
    });

    test('needs an id that is a UUID, and a time that is one', async () => {
      const good = { id: uuid7(), parent: mustard(), child: child() };
      for (const [field, value] of [
        ['id', 'x'],
        ['id', ''],
        ['id', uuid7().slice(1)],
        ['at', 'yesterday'],
        ['at', '2026-13-01T00:00:00Z'],
      ] as const) {
        const reply = await dev.call('POST', '/api/scans', { ...good, [field]: value });
        const { errors } = isRefusal(reply, 422, 'bad_fields');
        assert.deepEqual(
          errors?.map((error) => error.field),
          [field],
        );
      }
    });

    test('of many people into one parent at once never makes it hold more than it can', async () => {
      const parent = counted(10);
      const answers = await Promise.all(children(40).map((code, i) => scan(parent, code, i % 2 === 0 ? dev : bina)));
      const count = (verdict: string) => answers.filter((answer) => answer.verdict === verdict).length;
      assert.deepEqual([count('linked'), count('full')], [10, 30]);
      const bag = await dev.bags.get(parent);
      assert.deepEqual([bag.child_count, bag.children.length, bag.weight_kg, bag.status], [10, 10, 10, 'completed']);
    });

    test('of one child into many parents at once puts it into one of them', async () => {
      const code = child();
      const answers = await Promise.all(Array.from({ length: 20 }, () => scan(mustard(), code)));
      const linked = answers.filter((answer) => answer.verdict === 'linked');
      assert.equal(linked.length, 1);
      for (const answer of answers.filter((each) => each !== linked[0]))
        assert.deepEqual([answer.verdict, answer.where], ['elsewhere', linked[0]?.parent?.qr]);
    });
  });
}
