/** Sheets: what is in a CSV file or an Excel workbook, read with nothing of ours. */
import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';

export type Row = string[];

/** RFC 4180: a cell is plain, or in quotes with each quote in it twice. */
export function csvRows(text: string): Row[] {
  const rows: Row[] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === '' && quoted === undefined && plain === '') break;
    rows.at(-1)?.push(quoted?.replace(/""/g, '"') ?? plain);
    if (end === '\r\n') rows.push([]);
  }
  assert.deepEqual(rows.pop(), [], 'the last line has an end');
  return rows;
}

/** The files of a zip archive (APPNOTE.TXT, 4.3), by name. */
function unzip(archive: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = archive.length - 22;
  assert.equal(archive.toString('latin1', end, end + 4), 'PK\x05\x06');
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [name, more, words] = [28, 30, 32].map((place) => archive.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(start, start + archive.readUInt32LE(at + 20));
    files.set(archive.toString('utf8', at + 46, at + 46 + name), inflateRawSync(packed).toString('utf8'));
    at += 46 + name + more + words;
  }
  return files;
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The rows of one of a workbook's sheets; no cell of it is a formula. */
export function xlsxRows(archive: Buffer, number = 1): Row[] {
  const sheet = unzip(archive).get(`xl/worksheets/sheet${number}.xml`) ?? '';
  assert.ok(!/<f[ >]/.test(sheet));
  return [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, cells = '']) => {
    const row: Row = [];
    for (const [, column = '', content = ''] of cells.matchAll(/<c r="([A-Z]+)\d+"[^>]*>(.*?)<\/c>/gs)) {
      const number = [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
      row[number - 1] = content.replace(/<[^>]+>/g, '').replace(/&(\w+);/g, (_, name: string) => entities[name] ?? '?');
    }
    return Array.from(row, (cell) => cell ?? '');
  });
}
