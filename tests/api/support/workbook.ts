/** Workbook: makes Excel files, good ones and hostile ones, byte by byte. */
import { deflateRawSync } from 'node:zlib';

export interface Entry {
  name: string;
  content: string | Buffer;
  stored?: boolean; // not packed
  crc?: number; // a wrong one
  size?: number; // what it says that it is, unpacked
  flags?: number;
}

const table = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** A zip archive (APPNOTE.TXT, 4.3). */
export function zip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, stored = false, crc, size, flags = 0 } of entries) {
    const plain = Buffer.from(content);
    const packed = stored ? plain : deflateRawSync(plain);
    const title = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(stored ? 0 : 8, 4);
    common.writeUInt32LE(crc ?? crc32(plain), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size ?? plain.length, 18);
    common.writeUInt16LE(title.length, 22);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, title, packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, place, title);
    at += 30 + title.length + packed.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export interface Sheet {
  name: string;
  hidden?: boolean;
  rows?: readonly (readonly string[])[]; // of texts
  xml?: string; // what stands in <sheetData> instead
}

const column = (number: number) => String.fromCharCode(65 + number);

function rowXml(cells: readonly string[], number: number): string {
  const texts = cells.map((text, i) =>
    text === '' ? '' : `<c r="${column(i)}${number}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`,
  );
  return `<row r="${number}">${texts.join('')}</row>`;
}

export interface BookOptions {
  strings?: string; // the XML of sharedStrings.xml
  styles?: string;
  namespace?: string;
  prefix?: string; // of all elements of the sheets, with its colon
  more?: Entry[];
}

/** The files of a workbook, as they are before they are packed. */
export function bookEntries(sheets: readonly Sheet[], options: BookOptions = {}): Entry[] {
  const { strings, styles, namespace = main, prefix = '', more = [] } = options;
  const relations = (items: string[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`;
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
  const tags = sheets.map(
    ({ name, hidden = false }, i) =>
      `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="s${i}"${hidden ? ' state="hidden"' : ''}/>`,
  );
  const sheetXml = ({ rows = [], xml }: Sheet) => {
    const data = xml ?? rows.map((cells, i) => rowXml(cells, i + 1)).join('');
    const named = prefix === '' ? data : data.replace(/<(\/?)/g, `<$1${prefix}`);
    const declared = prefix === '' ? `xmlns="${namespace}"` : `xmlns:${prefix.slice(0, -1)}="${namespace}"`;
    return `<${prefix}worksheet ${declared}><${prefix}sheetData>${named}</${prefix}sheetData></${prefix}worksheet>`;
  };
  return [
    { name: '_rels/.rels', content: relations([relation('b', 'officeDocument', 'xl/workbook.xml')]) },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${namespace}" xmlns:r="${office}"><sheets>${tags.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: relations([
        ...sheets.map((_, i) => relation(`s${i}`, 'worksheet', `worksheets/sheet${i + 1}.xml`)),
        ...(strings === undefined ? [] : [relation('t', 'sharedStrings', 'sharedStrings.xml')]),
        ...(styles === undefined ? [] : [relation('y', 'styles', '/xl/styles.xml')]),
      ]),
    },
    ...sheets.map((sheet, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, content: sheetXml(sheet) })),
    ...(strings === undefined ? [] : [{ name: 'xl/sharedStrings.xml', content: strings }]),
    ...(styles === undefined ? [] : [{ name: 'xl/styles.xml', content: styles }]),
    ...more,
  ];
}

export function workbook(sheets: readonly Sheet[], options: BookOptions = {}): Buffer {
  return zip(bookEntries(sheets, options));
}
