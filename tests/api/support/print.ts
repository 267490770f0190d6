/** Print: what is on the pages of a PDF, as a scanner reads it. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run';

/** Dots per inch: a label printer's, so that what is read here can be read there. */
const resolution = 203;

/** zbarimg's way to say that it found nothing. */
const nothingFound = 4;

/** Labels side by side on a page, in millimetres, as the paper's maker gives them. */
export interface Grid {
  columns: number;
  rows: number;
  left: number;
  top: number;
  step: readonly [x: number, y: number]; // from one label to the next
  size: readonly [wide: number, high: number];
}

const dots = (millimetres: number) => Math.floor((millimetres * resolution) / 25.4);

async function withFile<T>(pdf: Buffer, use: (file: string, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tracetrack-print-'));
  try {
    const file = join(folder, 'print.pdf');
    await writeFile(file, pdf);
    return await use(file, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function must(command: string, words: readonly string[], others: readonly number[] = []): Promise<string> {
  const { code, said, complaint } = await run(words, { command });
  assert.ok(code === 0 || others.includes(code ?? 0), `${command}: ${complaint}`);
  return said;
}

/** What a scanner reads in one place of one page, both counted from 0; '' where there is nothing. */
async function scan(file: string, folder: string, grid: Grid, page: number, place: number): Promise<string> {
  const picture = join(folder, `${page}-${place}`);
  const x = grid.left + (place % grid.columns) * grid.step[0];
  const y = grid.top + Math.floor(place / grid.columns) * grid.step[1];
  const crop = [x, y, ...grid.size].map(dots);
  const window = ['-x', '-y', '-W', '-H'].flatMap((flag, i) => [flag, String(crop[i])]);
  const only = ['-f', '-l'].flatMap((flag) => [flag, String(page + 1)]);
  await must('pdftoppm', ['-r', String(resolution), '-gray', '-singlefile', ...only, ...window, file, picture]);
  const reader = ['--quiet', '--raw', '--nodbus', '-Sdisable', '-Sqrcode.enable', `${picture}.pgm`];
  return (await must('zbarimg', reader, [nothingFound])).trim();
}

/** What is read in the first `places` places of each page. */
export async function labelsOf(pdf: Buffer, grid: Grid, places = grid.columns * grid.rows): Promise<string[][]> {
  return withFile(pdf, async (file, folder) => {
    const pages = Number(/^Pages:\s+(\d+)$/m.exec(await must('pdfinfo', [file]))?.[1]);
    const read: string[][] = [];
    for (let page = 0; page < pages; page++) {
      const row: string[] = [];
      for (let place = 0; place < places; place++) row.push(await scan(file, folder, grid, page, place));
      read.push(row);
    }
    return read;
  });
}

/** The words on its pages, in the order of the file. */
export async function wordsOf(pdf: Buffer): Promise<string[]> {
  const text = await withFile(pdf, (file) => must('pdftotext', [file, '-']));
  return text.split(/\s+/).filter((word) => word !== '');
}
