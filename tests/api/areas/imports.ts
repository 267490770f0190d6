/** Imports: what becomes of each row of the files that people make, and of files that are no such. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ImportsApi, uuid7, type Api, type Import, type ImportKind, type ImportRow } from '../../../web/src/api';
import { billCode, child, children, counted, mustard } from '../support/codes';
import { fine, refused, within } from '../support/expect';
import { Organisation } from '../support/organisation';
import { sharedServer } from '../support/shared';
import { xlsxRows } from '../support/sheets';
import { bookEntries, workbook, zip, type Entry } from '../support/workbook';
import { fileOf } from '../support/files';

type Told = [sheet: string, row: number, code: string, outcome: string, reason: string | null];

export function imports(): void {
  describe('an import', () => {
    let here: Organisation;
    let ada: Api;
    let all: ImportsApi;

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'imports.test');
      ada = await here.as('ada');
      all = new ImportsApi(ada);
    });

    const csv = (text: string | Buffer, name = 'bags.csv') => fileOf(text, name);
    const xlsx = (bytes: Buffer, name = 'bags.xlsx') => fileOf(bytes, name);

    async function ended(id: number): Promise<Import> {
      assert.ok(await within(20_000, async () => (await all.get(id)).ended_at !== null));
      return all.get(id);
    }

    async function run(kind: ImportKind, files: File | File[], options = {}): Promise<[Import, ImportRow[]]> {
      const { id } = await all.start(kind, [files].flat(), options);
      const whole = await ended(id);
      return [whole, (await all.rows(id, { limit: 200 })).items];
    }

    const told = (rows: ImportRow[]): Told[] =>
      rows.map(({ sheet, row, code, outcome, reason }) => [sheet, row, code, outcome, reason]);
    const holds = async (parent: string) =>
      (await fine<{ children: string[] }>(ada, 'GET', `/api/bag/${parent}`)).children.sort();

    test('of children puts them into the parent below them, and makes both', async () => {
      const [parent, other] = [counted(3), mustard()];
      const [a = '', b = '', c = '', d = ''] = children(4);
      const rows = [
        ['DISPATCH OF THE 27TH'],
        ['Sr. No.', 'QR Code'],
        ['1', a],
        ['2', ` ${b.toLowerCase()} `],
        ['Parent code', parent],
        [],
        ['1', c],
        ['2', 'LABEL NO. 0016586'],
        ['3', d],
        ['', other],
        ['Total', '5'],
      ];
      const [whole, each] = await run('children', xlsx(workbook([{ name: 'Hall 1', rows }])));
      assert.deepEqual(
        [whole.status, whole.rows, whole.done, whole.created, whole.linked, whole.skipped, whole.errors],
        ['done', 10, 10, 7, 5, 3, 0],
      );
      assert.deepEqual(told(each), [
        ['Hall 1', 1, '', 'skipped', 'import_no_code'],
        ['Hall 1', 2, 'SR. NO.', 'skipped', 'import_is_heading'],
        ['Hall 1', 3, a, 'linked', null],
        ['Hall 1', 4, b, 'linked', null],
        ['Hall 1', 5, parent, 'created', null],
        ['Hall 1', 7, c, 'linked', null],
        ['Hall 1', 8, '0016586', 'linked', null],
        ['Hall 1', 9, d, 'linked', null],
        ['Hall 1', 10, other, 'created', null],
        ['Hall 1', 11, '5', 'skipped', 'import_no_code'],
      ]);
      assert.deepEqual(await holds(parent), [a, b].sort());
      assert.deepEqual(await holds(other), ['0016586', c, d].sort());
      assert.deepEqual(
        each.filter(({ outcome }) => outcome === 'linked').map(({ target }) => target),
        [parent, parent, other, other, other],
      );
    });

    test('of children uses a parent that is there, and rejects only the children that are elsewhere or too many', async () => {
      const parent = counted(3);
      const [a = '', b = '', c = '', d = '', elsewhere = ''] = children(5);
      await ada.scans.batch([
        { id: uuid7(), parent, child: a },
        { id: uuid7(), parent: counted(4), child: elsewhere },
      ]);
      const lines = [a, elsewhere, b, b, 'no code!', c, d, parent].map((code, i) => `${i + 1},${code}`);
      const [whole, each] = await run('children', csv(lines.join('\n')));
      assert.deepEqual(
        each.map(({ outcome, reason }) => [outcome, reason]),
        [
          ['skipped', 'scan_already_here'],
          ['error', 'child_in_parent'],
          ['linked', null],
          ['skipped', 'scan_already_here'],
          ['error', 'scan_bad_code'],
          ['linked', null],
          ['error', 'scan_full'],
          ['used', 'import_is_there'],
        ],
      );
      assert.deepEqual([whole.created, whole.linked, whole.skipped, whole.errors], [2, 2, 2, 3]);
      assert.deepEqual(await holds(parent), [a, b, c].sort());
    });

    test('of children without a parent below them says so for each', async () => {
      const [a = '', b = ''] = children(2);
      const [whole, each] = await run(
        'children',
        xlsx(
          workbook([
            { name: 'One', rows: [['1', a]] },
            {
              name: 'Two',
              rows: [
                ['1', b],
                ['2', counted(5)],
              ],
            },
          ]),
        ),
      );
      assert.deepEqual(
        each.map(({ sheet, outcome, reason }) => [sheet, outcome, reason]),
        [
          ['One', 'error', 'import_no_head'],
          ['Two', 'linked', null],
          ['Two', 'created', null],
        ],
      );
      assert.equal(whole.errors, 1);
    });

    test('of bags takes the columns in any order, by any of their names', async () => {
      const parent = counted(5);
      const [a = '', b = ''] = children(2);
      const text = `Parent QR;Bag Type;QR ID\r\n;Parent;${parent}\r\n${parent};child;${a}\r\n;;"${b}"\r\n;box;X1\r\n;parent;${child()}\r\n`;
      const [whole, each] = await run('bags', csv(Buffer.from(`\ufeff${text}`)));
      assert.deepEqual(
        each.map(({ row, code, outcome, reason }) => [row, code, outcome, reason]),
        [
          [1, 'PARENT QR', 'skipped', 'import_is_heading'],
          [2, parent, 'created', null],
          [3, a, 'linked', null],
          [4, b, 'created', null],
          [5, 'X1', 'error', 'import_no_type'],
          [6, each[5]?.code, 'error', 'scan_not_a_parent'],
        ],
      );
      assert.deepEqual([whole.created, whole.linked, whole.errors], [3, 1, 2]);
    });

    test('of parents onto bills makes the bill that is not there, for just those parents', async () => {
      const [a, b] = [counted(2), counted(2)];
      await ada.scans.batch([a, b].map((parent) => ({ id: uuid7(), parent, child: child() })));
      const [bill, unknown] = [billCode(), counted(7)];
      const [whole, each] = await run('bill-bags', csv(`1,${a}\n2,${b}\n3,${unknown}\nBill No,${bill}\n1,${a}\n`));
      assert.deepEqual(
        each.map(({ code, outcome, reason }) => [code, outcome, reason]),
        [
          [a, 'linked', null],
          [b, 'linked', null],
          [unknown, 'error', 'scan_not_found'],
          [bill, 'created', null],
          [a, 'error', 'import_no_head'],
        ],
      );
      const made = await ada.bills.get(bill);
      assert.deepEqual([made.capacity, made.linked, whole.linked], [3, 2, 2]);
    });

    test('of bills checks each as the form does', async () => {
      const [good, there] = [billCode(), billCode()];
      await ada.bills.create({ code: there, capacity: 2 });
      const [, each] = await run(
        'bills',
        csv(
          `Bill No,Parents,Remarks\n${good},12,"Lorry 7, early"\n${there},3,\nXX,1,\nBILL-NEW,many,\nBILL-BIG,501,\n`,
        ),
      );
      assert.deepEqual(
        each.map(({ outcome, reason }) => [outcome, reason]),
        [
          ['skipped', 'import_is_heading'],
          ['created', null],
          ['skipped', 'import_is_there'],
          ['error', each[3]?.reason],
          ['error', 'import_no_number'],
          ['error', each[5]?.reason],
        ],
      );
      const made = await ada.bills.get(good);
      assert.deepEqual([made.capacity, made.description], [12, 'Lorry 7, early']);
    });

    test('that is a dry run tells the same and changes nothing', async () => {
      const parent = counted(3);
      const [a = '', b = ''] = children(2);
      const file = () => csv(`1,${a}\n2,${b}\n3,${parent}\n`);
      const [dry, told1] = await run('children', file(), { dryRun: true });
      assert.deepEqual([dry.dry_run, dry.linked, dry.created], [true, 2, 3]);
      await refused(ada.ask('GET', `/api/bag/${parent}`), 404, 'not_found');
      const [, told2] = await run('children', file());
      assert.deepEqual(told2, told1);
      assert.deepEqual(await holds(parent), [a, b].sort());
    });

    test('of several files takes them in their order, and their rows as one', async () => {
      const parent = counted(4);
      const [a = '', b = ''] = children(2);
      const [whole, each] = await run('children', [
        csv(`1,${a}\n2,${parent}\n`, 'first.csv'),
        xlsx(
          workbook([
            {
              name: 'S',
              rows: [
                ['1', b],
                ['2', parent],
              ],
            },
          ]),
          'second.xlsx',
        ),
      ]);
      assert.equal(whole.files, 'first.csv, second.xlsx');
      assert.deepEqual(
        each.map(({ n, file, outcome }) => [n, file, outcome]),
        [
          [1, 'first.csv', 'linked'],
          [2, 'first.csv', 'created'],
          [3, 'second.xlsx', 'linked'],
          [4, 'second.xlsx', 'used'],
        ],
      );
    });

    test('gives new bags the area that was chosen, and is refused for one that is not there', async () => {
      await fine(ada, 'POST', '/api/areas', { name: 'North yard' });
      const [parent, kid] = [counted(2), child()];
      await run('children', csv(`1,${kid}\n2,${parent}\n`), { area: 'north YARD' });
      assert.equal((await fine<{ area: string }>(ada, 'GET', `/api/bag/${kid}`)).area, 'North yard');
      const problem = await refused(all.start('bags', [csv('x')], { area: 'Moon' }), 422, 'bad_fields');
      assert.deepEqual(
        problem.problem.errors?.map(({ field }) => field),
        ['area'],
      );
    });

    test('is refused without a file, and with an empty one', async () => {
      await refused(all.start('bags', []), 422, 'bad_fields');
      await refused(all.start('bags', [csv('')]), 422, 'bad_fields');
      await refused(ada.ask('POST', '/api/imports/cows' as '/api/imports/bags', new FormData()), 405, 'bad_method');
    });

    test('has a workbook of every row, and a notice for whoever began it', async () => {
      const parent = counted(2);
      const kids = children(3);
      const [whole] = await run(
        'children',
        csv([...kids, parent].map((code, i) => `${i},${code}`).join('\n'), 'day.csv'),
      );
      const { name, blob } = await all.result(whole.id);
      assert.equal(name, `import-${whole.id}.xlsx`);
      const bytes = Buffer.from(await blob.arrayBuffer());
      const summary = new Map(xlsxRows(bytes).map(([what = '', value = '']) => [what, value]));
      assert.deepEqual([summary.get('Files'), summary.get('Rows'), summary.get('Errors')], ['day.csv', '4', '1']);
      assert.deepEqual(
        xlsxRows(bytes, 2).map((row) => [row[3], row[5]]),
        [
          ['Code', 'Outcome'],
          [parent, 'created'],
          [kids[0], 'linked'],
          [kids[1], 'linked'],
        ],
      );
      assert.deepEqual(xlsxRows(bytes, 3)[1]?.slice(2, 7), ['3', kids[2], parent, 'error', 'There is no room left.']);
      const { items } = await ada.notifications.list();
      assert.ok(items.some(({ message }) => message === 'day.csv: 4 rows, 1 error.'));
    });

    test('has a file of the refused rows, which goes in once they are mended', async () => {
      const [one, two] = [counted(1), counted(2)];
      const [a = '', b = '', c = '', d = ''] = children(4);
      const [spoilt] = await run('children', csv(`1,${a}\n2,${b}\n,${one}\n1,${c}\n2,no code!\n,${two}\n9,${d}\n`));
      assert.equal(spoilt.errors, 3);
      const { name, blob } = await all.refused(spoilt.id);
      assert.equal(name, `refused-${spoilt.id}.xlsx`);
      const bytes = Buffer.from(await blob.arrayBuffer());
      assert.deepEqual(xlsxRows(bytes), [
        ['Sr. No.', 'QR Code'],
        ['2', b],
        ['Parent code', one],
        ['2', 'no code!'],
        ['Parent code', two],
        ['9', d],
      ]);
      const other = counted(3);
      const mended = xlsxRows(bytes).map(([serial, code]) =>
        [serial, code === one || code === two ? other : code === 'no code!' ? child() : code].join(','),
      );
      const [whole] = await run('children', csv(`${[...mended, `,${other}`].join('\n')}\n`));
      assert.deepEqual([whole.linked, whole.errors], [3, 0]);

      const [bad] = await run('bills', csv('Remarks,Bill,Parents\nLorry 7,BILL-MANY,lots\n'));
      assert.deepEqual(xlsxRows(Buffer.from(await (await all.refused(bad.id)).blob.arrayBuffer())), [
        ['bill_id', 'description', 'parent_bag_count'],
        ['BILL-MANY', 'Lorry 7', 'lots'],
      ]);
    });

    test('that was cancelled before it began imports nothing, and can not be cancelled again', async () => {
      const kids = children(2000);
      const { id } = await all.start('bags', [csv(kids.map((code) => `${code},child`).join('\n'))]);
      await all.cancel(id);
      const whole = await ended(id);
      assert.ok(whole.status === 'cancelled' || whole.status === 'done', whole.status);
      assert.equal(whole.created, whole.done);
      await refused(all.cancel(id), 409, 'refused');
    });

    describe('of a workbook', () => {
      const strings = (...texts: string[]) =>
        `<sst xmlns="x">${texts.map((text) => `<si>${text}</si>`).join('')}</sst>`;
      const codes = async (file: File) => (await run('bags', file, { dryRun: true }))[1].map(({ code }) => code);
      const one = (xml: string, options = {}) => xlsx(workbook([{ name: 'S', xml }], options));
      const cell = (inner: string, attributes = '') => one(`<row><c ${attributes}>${inner}</c></row>`);

      test('keeps the zeros of a text, and never writes a number with an exponent', async () => {
        assert.deepEqual(await codes(cell('<is><t>0016586</t></is>', 't="inlineStr"')), ['0016586']);
        assert.deepEqual(await codes(cell('<v>16586</v>')), ['16586']);
        assert.deepEqual(await codes(cell('<v>1.6586E4</v>')), ['16586']);
        assert.deepEqual(await codes(cell('<v>1.2345678901E10</v>')), ['12345678901']);
        assert.deepEqual(await codes(cell('<v>16586.0</v>')), ['16586']);
        assert.deepEqual(await codes(cell('<v>1.5</v>')), ['1.5']);
      });

      test('reads shared and rich texts, without how they are spoken', async () => {
        const shared = strings(
          '<t>A0001</t>',
          '<r><t>A0</t></r><r><t xml:space="preserve">002 </t></r>',
          '<t>B1</t><rPh><t>no</t></rPh>',
        );
        assert.deepEqual(
          await codes(one([0, 1, 2].map((n) => `<row><c t="s"><v>${n}</v></c></row>`).join(''), { strings: shared })),
          ['A0001', 'A0002', 'B1'],
        );
      });

      test('reads what a formula gave, truths, and days', async () => {
        const styles =
          '<styleSheet xmlns="x"><numFmts><numFmt numFmtId="164" formatCode="dd\\/mm\\/yyyy&quot;d&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>';
        assert.deepEqual(await codes(cell('<f>A1&amp;"x"</f><v>A77X</v>', 't="str"')), ['A77X']);
        assert.deepEqual(await codes(cell('<v>1</v>', 't="b"')), ['TRUE']);
        assert.deepEqual(
          await codes(one('<row><c s="1"><v>45992</v></c></row><row><c s="2"><v>45992.5</v></c></row>', { styles })),
          ['2025-12-01', '2025-12-01 12:00:00'],
        );
      });

      test('reads cells and rows out of order and with gaps, by where they say they are', async () => {
        const xml =
          '<row r="9"><c r="C9" t="inlineStr"><is><t>SB00001</t></is></c><c r="A9" t="inlineStr"><is><t>KIDX1</t></is></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>KIDX2</t></is></c></row>';
        const [, rows] = await run('bags', one(xml), { dryRun: true });
        assert.deepEqual(
          rows.map(({ row, code, target }) => [row, code, target]),
          [
            [9, 'KIDX1', 'SB00001'],
            [4, 'KIDX2', null],
          ],
        );
      });

      test('reads all sheets, hidden ones too, Strict ones, and any prefix', async () => {
        const sheets = [
          { name: 'One', rows: [['KIDY1']] },
          { name: 'Two & more', hidden: true, rows: [['KIDY2']] },
        ];
        assert.deepEqual(await codes(xlsx(workbook(sheets))), ['KIDY1', 'KIDY2']);
        const strict = { namespace: 'http://purl.oclc.org/ooxml/spreadsheetml/main', prefix: 'x:' };
        assert.deepEqual(await codes(xlsx(workbook(sheets, strict))), ['KIDY1', 'KIDY2']);
      });

      test('with 300 sheets or none with a row is read to its end', async () => {
        const many = Array.from({ length: 300 }, (_, i) => ({ name: `S${i}`, rows: i % 100 ? [] : [[`KIDZ${i}`]] }));
        assert.deepEqual(await codes(xlsx(workbook(many))), ['KIDZ0', 'KIDZ100', 'KIDZ200']);
        const [empty] = await run('bags', xlsx(workbook([{ name: 'S' }])));
        assert.deepEqual([empty.status, empty.rows], ['done', 0]);
      });

      test('cuts a cell of 32,767 characters, and leaves out columns far to the right', async () => {
        const long = `K${'x'.repeat(32_766)}`;
        const [, rows] = await run(
          'bags',
          one(`<row><c r="A1" t="inlineStr"><is><t>${long}</t></is></c><c r="XFD1"><v>1</v></c></row>`),
        );
        assert.deepEqual(
          rows.map(({ code, outcome }) => [code.length, outcome]),
          [[100, 'error']],
        );
      });
    });

    describe('of text', () => {
      const codes = async (file: File) =>
        (await run('bags', file, { dryRun: true }))[1].map(({ row, code, target }) => [row, code, target]);

      test('finds its separator, its encoding, and quotes within quotes', async () => {
        const expected = [
          [1, 'KIDT1', 'SB00001'],
          [2, 'KIDT2', null],
        ];
        for (const separator of [',', ';', '\t']) {
          const text = `KIDT1${separator}child${separator}SB00001\r\n"KIDT2"${separator}child${separator}\r\n`;
          assert.deepEqual(await codes(csv(text)), expected, separator);
          const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
          assert.deepEqual(await codes(csv(utf16)), expected, 'UTF-16LE');
          assert.deepEqual(await codes(csv(utf16.swap16())), expected, 'UTF-16BE');
        }
        assert.deepEqual(await codes(csv('"a ""b"" c"\n')), [[1, 'A "B" C', null]]);
        assert.deepEqual(await codes(csv(Buffer.from('caf\xe9\n', 'latin1'))), [[1, 'CAFÉ', null]]);
      });

      test('counts rows as a spreadsheet program does: blank ones, and breaks within quotes', async () => {
        assert.deepEqual(await codes(csv('KIDU1\r\n\r\n"KIDU2\r\nx"\r\nKIDU3\rKIDU4\n\nKIDU5')), [
          [1, 'KIDU1', null],
          [3, 'KIDU2 X', null],
          [4, 'KIDU3', null],
          [5, 'KIDU4', null],
          [7, 'KIDU5', null],
        ]);
      });
    });

    describe('of what is no file of ours fails with its reason, and changes nothing:', () => {
      const good = bookEntries([{ name: 'S', rows: [['KIDV1']] }]);
      const but = (name: string, change: (entry: Entry) => Partial<Entry>) =>
        zip(good.map((entry) => (entry.name === name ? { ...entry, ...change(entry) } : entry)));
      const sheet = 'xl/worksheets/sheet1.xml';
      const ole = Buffer.from('d0cf11e0a1b11ae1', 'hex');
      const doctype = (body: string) => but(sheet, ({ content }) => ({ content: `${body}${String(content)}` }));
      const cases: [what: string, bytes: Buffer, reason: string][] = [
        ['an old Excel file', Buffer.concat([ole, Buffer.alloc(600)]), 'file_old_excel'],
        [
          'a workbook with a password',
          Buffer.concat([ole, Buffer.alloc(70_000), Buffer.from('EncryptedPackage', 'utf16le')]),
          'file_encrypted',
        ],
        ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01', 'latin1'), 'file_no_table'],
        ['a zip of something else', zip([{ name: 'a.txt', content: 'x' }]), 'file_no_workbook'],
        ['an empty zip', zip([]), 'file_no_workbook'],
        [
          'an OpenDocument file',
          zip([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet', stored: true }]),
          'file_open_document',
        ],
        ['an encrypted entry', but(sheet, () => ({ flags: 1 })), 'file_encrypted'],
        ['a wrong checksum', but(sheet, () => ({ crc: 1 })), 'file_damaged'],
        ['a sheet that is missing', zip(good.filter(({ name }) => name !== sheet)), 'file_damaged'],
        [
          'XML that ends early',
          but(sheet, ({ content }) => ({ content: String(content).slice(0, -9) })),
          'file_damaged',
        ],
        ['an outer entity', doctype('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), 'file_damaged'],
        [
          'a billion laughs',
          doctype('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>'),
          'file_damaged',
        ],
        [
          'a shared text that is not there',
          workbook([{ name: 'S', xml: '<row><c t="s"><v>7</v></c></row>' }]),
          'file_damaged',
        ],
        ['a bomb', but(sheet, () => ({ content: Buffer.alloc(40_000_000, ' ') })), 'file_unpacked_too_large'],
        ['an entry twice', zip([...good, ...good.filter(({ name }) => name === sheet)]), 'file_damaged'],
        ['a quote that never ends', Buffer.from(`"${'x'.repeat(1_200_000)}`), 'file_damaged'],
        ...[0.3, 0.6, 0.9, 0.99].map((part): [string, Buffer, string] => {
          const whole = zip(good);
          return [
            `the first ${part * 100} % of a workbook`,
            whole.subarray(0, Math.floor(whole.length * part)),
            'file_damaged',
          ];
        }),
      ];
      for (const [what, bytes, reason] of cases) {
        test(what, async () => {
          const [whole, rows] = await run('bags', xlsx(bytes));
          assert.deepEqual([whole.status, whole.reason, rows], ['failed', reason, []]);
          assert.ok((whole.detail ?? '').length > 10);
        });
      }

      test('a good file beside a damaged one', async () => {
        const code = child();
        const [whole] = await run('bags', [csv(`${code}\n`), xlsx(Buffer.from('PK\x03\x04', 'latin1'))]);
        assert.equal(whole.status, 'failed');
        await refused(ada.ask('GET', `/api/bag/${code}`), 404, 'not_found');
      });
    });
  });
}
