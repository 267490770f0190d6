/** Labels: QR codes for printers, read back as a scanner reads them. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { LabelsApi, type LabelOrder, type LabelPaper } from '../../../web/src/api';
import { labelPapers } from '../../../web/src/api/tables';
import { refused } from '../support/expect';
import { Organisation } from '../support/organisation';
import { labelsOf, wordsOf, type Grid } from '../support/print';
import { sharedServer } from '../support/shared';

const sheet = { paper: 'a4_24', format: 'pdf' } as const;
const roll = (wide: number, high: number): Grid => ({
  columns: 1,
  rows: 1,
  left: 0,
  top: 0,
  step: [wide, high],
  size: [wide, high],
});

const grids: Record<LabelPaper, Grid> = {
  a4_24: { columns: 3, rows: 8, left: 7.2, top: 12.9, step: [66, 33.9], size: [63.5, 33.9] },
  a4_65: { columns: 5, rows: 13, left: 4.7, top: 10.7, step: [40.6, 21.2], size: [38.1, 21.2] },
  a4_40: { columns: 4, rows: 10, left: 0, top: 0, step: [52.5, 29.7], size: [52.5, 29.7] },
  a4_14: { columns: 2, rows: 7, left: 4.6, top: 15.1, step: [101.6, 38.1], size: [99.1, 38.1] },
  a4_8: { columns: 2, rows: 4, left: 4.6, top: 13.1, step: [101.6, 67.7], size: [99.1, 67.7] },
  roll_50x25: roll(50, 25),
  roll_50x50: roll(50, 50),
  roll_75x50: roll(75, 50),
  roll_100x50: roll(100, 50),
};

const numbered = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => `SB${String(from + i).padStart(5, '0')}`);

export function labels(): void {
  describe('labels', () => {
    let here: Organisation;
    let bina: LabelsApi;

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'labels.test');
      bina = new LabelsApi(await here.as('bina'));
    });

    async function print(order: LabelOrder): Promise<{ name: string; bytes: Buffer }> {
      const { name, blob } = await bina.print(order);
      return { name, bytes: Buffer.from(await blob.arrayBuffer()) };
    }

    test('of a range are read back by a scanner, sheet after sheet', async () => {
      const { name, bytes } = await print({ ...sheet, first: 'sb00101', count: 30 });
      assert.equal(name, 'labels-SB00101.pdf');
      const [first, second] = await labelsOf(bytes, grids.a4_24);
      assert.deepEqual(first, numbered(101, 24));
      assert.deepEqual(second, [...numbered(125, 6), ...Array.from({ length: 18 }, () => '')]);
      const words = await wordsOf(bytes);
      assert.deepEqual([...words].sort(), [...numbered(101, 30), ...numbered(101, 30).map(() => 'mustard')].sort());
    });

    test('of chosen codes are read back from every paper', async () => {
      const codes = ['SB99001', 'M444-00077', 'P123-500', '0016586', 'ABCDEFGHIJ0123456789'];
      for (const paper of labelPapers) {
        const { bytes } = await print({ paper, format: 'pdf', codes });
        const pages = await labelsOf(bytes, grids[paper], paper.startsWith('roll') ? 1 : codes.length);
        assert.equal(pages.length, paper.startsWith('roll') ? codes.length : 1, paper);
        assert.deepEqual(pages.flat(), codes, paper);
      }
    });

    test('leave free what is gone from the first sheet', async () => {
      const { bytes } = await print({ ...sheet, skip: 20, first: 'SB00201', count: 8 });
      const [first, second] = await labelsOf(bytes, grids.a4_24);
      assert.deepEqual(first?.slice(19), ['', ...numbered(201, 4)]);
      assert.deepEqual(second?.slice(0, 5), [...numbered(205, 4), '']);
      await refused(bina.print({ ...sheet, skip: 24, codes: ['SB00201'] }), 422, 'bad_fields');
    });

    test('of a range are printed once, unless it is wanted again', async () => {
      await print({ ...sheet, first: 'SB00301', count: 10 });
      const problem = await refused(bina.print({ ...sheet, first: 'SB00295', count: 10 }), 409, 'refused');
      assert.deepEqual(
        [problem.problem.reason, problem.problem.params],
        ['labels_printed', { code: 'SB00301', user: here.username('bina') }],
      );
      await print({ ...sheet, first: 'SB00295', count: 10, again: true });
      await print({ ...sheet, first: 'SB00311', count: 1 });
    });

    test('of a range that bags have already are refused with the first of them', async () => {
      const dev = await here.as('dev');
      await dev.bags.create({ qr: 'SB00405' });
      await dev.bags.create({ qr: 'SB00403' });
      const problem = await refused(bina.print({ ...sheet, first: 'SB00401', count: 10 }), 409, 'refused');
      assert.deepEqual(
        [problem.problem.reason, problem.problem.params],
        ['labels_in_use', { labels: 2, code: 'SB00403' }],
      );
    });

    test('go on where a family was left', async () => {
      const ada = await here.as('ada');
      assert.deepEqual(await bina.next('moong'), { code: null });
      await print({ ...sheet, first: 'M444-00010', count: 5 });
      assert.deepEqual(await bina.next('Moong'), { code: 'M444-00015' });
      await ada.bags.create({ qr: 'M444-00040' });
      assert.deepEqual(await bina.next('moong'), { code: 'M444-00041' });
      await print({ ...sheet, first: 'P9-15', count: 3 });
      assert.deepEqual(await bina.next('counted'), { code: 'P12-15' });
      await refused(bina.next('barley'), 422, 'bad_fields');
    });

    test('end with the last code of a family', async () => {
      const problem = await refused(bina.print({ ...sheet, first: 'SB99998', count: 3 }), 422, 'bad_fields');
      assert.deepEqual(problem.problem.errors?.[0]?.params, { last: 'SB99999' });
      await refused(bina.print({ ...sheet, first: 'no code', count: 3 }), 422, 'bad_fields');
      await refused(bina.print({ ...sheet, first: 'SB00001', count: 2001 }), 422, 'bad_fields');
      await refused(bina.print({ ...sheet, first: 'SB00001', count: 1, codes: ['SB00002'] }), 422, 'bad_fields');
      await refused(bina.print(sheet), 422, 'bad_fields');
    });

    test('for a Zebra printer are ZPL, on rolls alone', async () => {
      const { name, bytes } = await print({ paper: 'roll_50x25', format: 'zpl_203', codes: ['SB00777', 'SB00778'] });
      assert.equal(name, 'labels-SB00777.zpl');
      const text = bytes.toString('utf8');
      assert.equal(text.match(/\^XA/g)?.length, 2);
      assert.equal(text.match(/\^XZ/g)?.length, 2);
      assert.match(text, /\^PW400\^LL200\n/); // 50 x 25 mm at 8 dots
      assert.match(text, /\^BQN,2,\d+\^FH\^FDMA,SB00777\^FS/);
      const fine = await print({ paper: 'roll_50x25', format: 'zpl_300', codes: ['SB00777'] });
      assert.match(fine.bytes.toString('utf8'), /\^PW600\^LL300\n/);
      await refused(bina.print({ paper: 'a4_24', format: 'zpl_203', codes: ['SB00777'] }), 422, 'bad_fields');
    });

    test('have a trial page whose code no scan takes, and which nobody remembers', async () => {
      const runs = (await bina.list()).items.length;
      const pages = await labelsOf((await print({ ...sheet, trial: true })).bytes, grids.a4_24);
      assert.deepEqual(pages, [Array.from({ length: 24 }, () => 'TRIAL-SHEET')]);
      assert.equal((await bina.list()).items.length, runs);
      const dev = await here.as('dev');
      await refused(dev.bags.create({ qr: 'TRIAL-SHEET' }), 422, 'bad_code');
    });

    test('are listed with who printed them, and noted in the audit log', async () => {
      await print({ ...sheet, first: 'SB00501', count: 2 });
      const [run] = (await bina.list()).items;
      assert.deepEqual(
        [run?.first, run?.last, run?.labels, run?.family, run?.user],
        ['SB00501', 'SB00502', 2, 'mustard', here.username('bina')],
      );
      const notes = await (await here.as('ada')).audit.list({ action: 'label.print' });
      assert.deepEqual(notes.items[0]?.after, { first: 'SB00501', last: 'SB00502', labels: 2 });
    });
  });
}
