/** Sending a scan again: nothing happens, and the first answer comes back. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { uuid7, type Api, type ScanRequest } from '../../../web/src/api';
import { billCode, child, children, counted, mustard, random, shuffled } from '../support/codes';
import { fine, isRefusal, told } from '../support/expect';
import { Organisation } from '../support/organisation';
import type { Server } from '../support/server';
import { sharedServer } from '../support/shared';
import { fingerprint } from '../support/sql';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

export function replays(): void {
  describe('a scan that is sent again', () => {
    let server: Server;
    let here: Organisation;
    let dev: Api;
    let bina: Api;

    before(async () => {
      server = await sharedServer();
      here = await Organisation.make(server, 'replays.test');
      dev = await here.as('dev');
      bina = await here.as('bina');
    });

    const say = async (scan: ScanRequest, api = dev) => told(await api.call('POST', '/api/scans', scan));
    const rows = () => fingerprint(server, here.id);

    /** One scan of each verdict, in the order in which they were answered. */
    async function ofEachVerdict(): Promise<ScanRequest[]> {
      const [parent, full, closed, known, bill] = [mustard(), counted(1), mustard(), child(), billCode()];
      await dev.scans.batch([
        { id: uuid7(), parent: full, child: child() },
        { id: uuid7(), parent: closed, child: child() },
        { id: uuid7(), parent: mustard(), child: known },
      ]);
      await fine(bina, 'POST', '/api/bills', { code: bill, capacity: 1 });
      await fine(bina, 'POST', `/api/bills/${bill}/bags`, { id: uuid7(), qr: closed });
      const linked = child();
      return [
        { id: uuid7(), parent, child: linked },
        { id: uuid7(), parent, child: linked },
        { id: uuid7(), parent, child: known },
        { id: uuid7(), parent: full, child: child() },
        { id: uuid7(), parent, child: full },
        { id: uuid7(), parent: linked, child: child() },
        { id: uuid7(), parent: 'nonsense', child: child() },
        { id: uuid7(), parent, child: '?' },
        { id: uuid7(), parent: closed, child: child() },
      ];
    }

    test('gets the same status and the same body, whatever the verdict was', async () => {
      const scans = await ofEachVerdict();
      const first = [];
      for (const scan of scans) first.push(await say(scan));
      assert.deepEqual(
        first.map((answer) => answer.status),
        [201, 409, 409, 409, 409, 422, 422, 422, 409],
      );

      const before = await rows();
      for (const [i, scan] of scans.entries()) assert.deepEqual(await say(scan), first[i]);
      assert.deepEqual(await rows(), before);
    });

    test('gets the first answer even when everything has changed since', async () => {
      const [parent, one] = [counted(3), child()];
      const scan = { id: uuid7(), parent, child: one };
      const first = await say(scan);
      await dev.scans.undo(parent);
      await dev.scans.batch(children(3).map((code) => ({ id: uuid7(), parent, child: code })));
      const before = await rows();
      assert.deepEqual(await say(scan), first);
      assert.deepEqual(await rows(), before);
    });

    test('with another parent, child or person is another one, whose id is taken: refused, and nothing is told', async () => {
      for (const scan of await ofEachVerdict()) {
        await say(scan);
        const others: [ScanRequest, Api][] = [
          [{ ...scan, child: child() }, dev],
          [{ ...scan, parent: mustard() }, dev],
          [scan, bina],
        ];
        for (const [other, who] of others) {
          const problem = isRefusal(await who.call('POST', '/api/scans', other), 422, 'id_reused');
          assert.deepEqual(Object.keys(problem).sort(), ['params', 'reason', 'request_id', 'status', 'title', 'type']);
          const [inBatch, good] = await who.scans.batch([other, { id: uuid7(), parent: counted(2), child: child() }]);
          assert.deepEqual(
            [inBatch?.id, inBatch?.status, inBatch?.verdict, good?.verdict],
            [scan.id, 422, null, 'linked'],
          );
          assert.equal(inBatch?.parent, undefined);
        }
      }
    });

    test('whose id is a parent’s or a bill’s is refused as well, and the other way round', async () => {
      const [parent, other, bill] = [mustard(), mustard(), billCode()];
      await fine(bina, 'POST', '/api/bills', { code: bill, capacity: 3 });
      const [opened, billed] = [uuid7(), uuid7()];
      await fine(bina, 'POST', '/api/parents', { id: opened, qr: parent });
      await fine(bina, 'POST', `/api/bills/${bill}/bags`, { id: billed, qr: parent });
      const before = await rows();
      for (const id of [opened, billed]) {
        isRefusal(await bina.call('POST', '/api/scans', { id, parent, child: child() }), 422, 'id_reused');
        isRefusal(await bina.call('POST', '/api/parents', { id, qr: other }), 422, 'id_reused');
        isRefusal(
          await bina.call('POST', `/api/bills/${bill}/bags`, { id, qr: other, create: true }),
          422,
          'id_reused',
        );
        isRefusal(await dev.call('POST', '/api/parents', { id, qr: parent }), 422, 'id_reused');
      }
      assert.deepEqual(await rows(), before);
      assert.equal((await bina.bags.get(parent)).bill, bill);
    });

    test('must have an id of its own: nil and max are nobody’s', async () => {
      const bill = billCode();
      await fine(bina, 'POST', '/api/bills', { code: bill, capacity: 3 });
      for (const id of [
        '00000000-0000-0000-0000-000000000000',
        'ffffffff-ffff-ffff-ffff-ffffffffffff',
        'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
      ])
        for (const [path, body] of [
          ['/api/scans', { parent: mustard(), child: child() }],
          ['/api/parents', { qr: mustard() }],
          [`/api/bills/${bill}/bags`, { qr: mustard(), create: true }],
        ] as const) {
          const problem = isRefusal(await bina.call('POST', path, { id, ...body }), 422, 'bad_fields');
          assert.deepEqual(
            problem.errors?.map((error) => error.field),
            ['id'],
          );
        }
    });

    test('in a batch with malformed ones is answered for itself, in its place', async () => {
      const parent = mustard();
      const good = () => ({ id: uuid7(), parent, child: child() });
      const id = uuid7();
      const scans = [
        {},
        good(),
        'scan',
        null,
        { ...good(), id: 7 },
        { ...good(), id: 'x' },
        good(),
        { id, parent },
        { ...good(), at: 'yesterday' },
        { ...good(), extra: 1 },
        { ...good(), child: 'x'.repeat(3000) },
        good(),
      ];
      const { results } = await fine<{
        results: { id: string | null; status: number; verdict: string | null; errors?: { field: string }[] }[];
      }>(dev, 'POST', '/api/scans/batch', { scans });
      assert.deepEqual(
        results.map((result) => result.status),
        [422, 201, 422, 422, 422, 422, 201, 422, 422, 422, 422, 201],
      );
      assert.deepEqual(
        results.map((result) => (result.errors ?? []).map((error) => error.field)),
        [['id', 'parent', 'child'], [], [''], [''], ['id'], ['id'], [], ['child'], ['at'], ['extra'], ['child'], []],
      );
      assert.deepEqual([results[7]?.id, results[7]?.verdict], [id, null]);
      assert.equal((await dev.bags.get(parent)).child_count, 3);
      const none = await fine<{ results: { status: number }[] }>(dev, 'POST', '/api/scans/batch', { scans: [{}, 1] });
      assert.deepEqual(
        none.results.map((result) => result.status),
        [422, 422],
      );
    });

    test('at the same moment, many times, is done once', async () => {
      const scan = { id: uuid7(), parent: mustard(), child: child() };
      const answers = await Promise.all(Array.from({ length: 20 }, () => say(scan)));
      for (const answer of answers) assert.deepEqual(answer, answers[0]);
      assert.equal((await dev.bags.get(scan.parent)).child_count, 1);
    });

    test('twice in one batch gets one answer twice', async () => {
      const scan = { id: uuid7(), parent: mustard(), child: child() };
      const [first, second] = await dev.scans.batch([scan, scan]);
      assert.equal(first?.verdict, 'linked');
      assert.deepEqual(second, first);
    });

    test(`500 of them, three times, in any order, change nothing (SEED=${seed})`, async () => {
      const next = random(seed);
      const parents = Array.from({ length: 8 }, () => counted(30)).concat(Array.from({ length: 8 }, mustard));
      const codes = children(350);
      const any = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T;
      const scans = Array.from({ length: 500 }, (): ScanRequest => ({
        id: uuid7(),
        parent: any(parents),
        child: next() < 0.02 ? '?' : any(codes),
      }));

      const first = new Map<string, unknown>();
      for (const answer of await dev.scans.batch(scans)) first.set(answer.id, answer);
      const before = await rows();

      for (let round = 0; round < 3; round++) {
        const order = shuffled(scans, next);
        const half = Math.floor(next() * 500);
        const answers = (
          await Promise.all([order.slice(0, half), order.slice(half)].map((part) => dev.scans.batch(part)))
        ).flat();
        assert.deepEqual(
          answers.map((answer) => answer.id),
          order.map((scan) => scan.id),
        );
        for (const answer of answers) assert.deepEqual(answer, first.get(answer.id));
      }
      for (const scan of shuffled(scans, next).slice(0, 40)) {
        const alone = await dev.scans.add(scan);
        assert.deepEqual(
          { verdict: alone.verdict, status: alone.status },
          (({ verdict, status }) => ({ verdict, status }))(first.get(scan.id) as { verdict: string; status: number }),
        );
      }
      assert.deepEqual(await rows(), before);
    });

    test('in a batch of 500 each gets its own verdict, in order', async () => {
      const [parent, other] = [counted(450), counted(10)];
      const codes = children(460);
      const scans = codes.map((code): ScanRequest => ({ id: uuid7(), parent, child: code }));
      const mixed: ScanRequest[] = [
        ...scans.slice(0, 450),
        { id: uuid7(), parent, child: codes[0] as string },
        { id: uuid7(), parent: other, child: codes[1] as string },
        ...scans.slice(450),
        ...codes.slice(450).map((code) => ({ id: uuid7(), parent: other, child: code })),
        ...['?', parent, 'SB00001'].map((code) => ({ id: uuid7(), parent: other, child: code })),
        ...children(25).map((code) => ({ id: uuid7(), parent: 'nonsense', child: code })),
      ];
      assert.equal(mixed.length, 500);
      const answers = await dev.scans.batch(mixed);
      const said = (from: number, to: number) => [
        ...new Set(answers.slice(from, to).map((answer) => `${answer.status} ${answer.verdict}`)),
      ];
      assert.deepEqual(said(0, 450), ['201 linked']);
      assert.deepEqual(
        answers.slice(0, 450).map((answer) => answer.parent?.child_count),
        scans.slice(0, 450).map((_, i) => i + 1),
      );
      assert.deepEqual(said(450, 452), ['409 already_here', '409 elsewhere']);
      assert.equal(answers[451]?.where, parent);
      assert.deepEqual(said(452, 462), ['409 full']);
      assert.deepEqual(said(462, 472), ['201 linked']);
      assert.deepEqual(said(472, 475), ['422 bad_code', '409 is_parent']);
      assert.deepEqual(said(475, 500), ['422 not_a_parent']);
    });

    test('more than 500 in a batch are refused as a whole, and so is what is no list', async () => {
      const scans = children(501).map((code) => ({ id: uuid7(), parent: mustard(), child: code }));
      const before = await rows();
      for (const body of [scans, 'x', { 0: scans[0] }]) {
        const reply = await dev.call('POST', '/api/scans/batch', { scans: body });
        assert.equal(reply.status, 422);
      }
      assert.deepEqual(await rows(), before);
      assert.deepEqual(await dev.scans.batch([]), []);
    });

    test('onto a bill gets the same answer, too', async () => {
      const [bill, parent] = [billCode(), mustard()];
      await fine(bina, 'POST', '/api/bills', { code: bill, capacity: 2 });
      await dev.scans.add({ id: uuid7(), parent, child: child() });
      const scans = [parent, parent, mustard(), child()].map((qr) => ({ id: uuid7(), qr }));
      const send = async (scan: object) => told(await bina.call('POST', `/api/bills/${bill}/bags`, scan));
      const first = [];
      for (const scan of scans) first.push(await send(scan));
      await fine(bina, 'DELETE', `/api/bills/${bill}/bags/${parent}`);
      const before = await rows();
      for (const [i, scan] of scans.entries()) assert.deepEqual(await send(scan), first[i]);
      assert.deepEqual(await rows(), before);
    });

    test('that opened a parent says again whether it was made by it', async () => {
      const [scan, known] = [{ id: uuid7(), qr: mustard() }, uuid7()];
      const open = async (body: object) => (await dev.call('POST', '/api/parents', body)).status;
      assert.deepEqual(
        [await open(scan), await open(scan), await open({ ...scan, id: known }), await open({ ...scan, id: known })],
        [201, 201, 200, 200],
      );
    });
  });
}
