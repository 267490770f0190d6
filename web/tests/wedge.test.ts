import assert from 'node:assert/strict';
import { test } from 'node:test';
import codes from '../../tests/data/codes.json';
import { clean } from '../src/scanner/code';
import { Wedge } from '../src/scanner/wedge';

/** A recorded trace: [milliseconds, key]. 'text:…' is what an input method left in the field. */
type Trace = readonly (readonly [number, string])[];

interface Replayed {
  codes: string[];
  left: string;
  passed: string[]; // suffix keys the browser got to keep
}

function replay(trace: Trace, wedge = new Wedge()): Replayed {
  const codes: string[] = [];
  const passed: string[] = [];
  const until = (at: number) => {
    for (let due = wedge.due(); due !== null && due <= at; due = wedge.due()) codes.push(...wedge.tick(due));
  };
  for (const [at, key] of trace) {
    until(at);
    if (key === 'Enter' || key === 'Tab') {
      const ended = wedge.end(key, at);
      codes.push(...ended.codes);
      if (!ended.taken) passed.push(key);
    } else if (key === 'Backspace') codes.push(...wedge.sync(wedge.value.slice(0, -1), at));
    else if (key.startsWith('text:')) codes.push(...wedge.sync(key.slice(5), at));
    else if (key.startsWith('paste:')) codes.push(...wedge.paste(key.slice(6), at));
    else codes.push(...wedge.type(key, at));
  }
  until(Infinity);
  return { codes, left: wedge.value, passed };
}

/** `text` typed with one gap between all keys. */
function typed(text: string, start: number, gap: number, suffix?: string): [number, string][] {
  const keys = [...text].map((key, i): [number, string] => [start + i * gap, key]);
  return suffix === undefined ? keys : [...keys, [start + text.length * gap, suffix]];
}

test('a fast burst with Enter is one code', () => {
  assert.deepEqual(replay(typed('SB12345', 0, 8, 'Enter')).codes, ['SB12345']);
});

test('twenty codes in a row lose no character', () => {
  const trace = Array.from({ length: 20 }, (_, i) =>
    typed(`KID${String(i).padStart(5, '0')}`, i * 90, 9, 'Enter'),
  ).flat();
  const { codes, left } = replay(trace);
  assert.equal(codes.length, 20);
  assert.deepEqual(codes[19], 'KID00019');
  assert.equal(left, '');
});

test('codes one straight after the other, without a pause between them', () => {
  const { codes } = replay([
    ...typed('AAAA1', 0, 2, 'Enter'),
    ...typed('BBBB2', 12, 2, 'Enter'),
    ...typed('CCCC3', 24, 2, 'Enter'),
  ]);
  assert.deepEqual(codes, ['AAAA1', 'BBBB2', 'CCCC3']);
});

test('slow typing by hand waits for Enter', () => {
  const wedge = new Wedge();
  assert.deepEqual(replay(typed('SB12345', 0, 190), wedge), { codes: [], left: 'SB12345', passed: [] });
  assert.deepEqual(wedge.end('Enter', 9_000), { codes: ['SB12345'], taken: true });
});

test('Tab ends a scan, but after slow typing it moves the focus', () => {
  assert.deepEqual(replay(typed('KID00042', 0, 10, 'Tab')), { codes: ['KID00042'], left: '', passed: [] });
  assert.deepEqual(replay(typed('KID00042', 0, 200, 'Tab')), { codes: [], left: 'KID00042', passed: ['Tab'] });
  assert.deepEqual(replay([[0, 'Tab']]).passed, ['Tab']);
});

test('line feeds and tabs inside inserted text end codes', () => {
  assert.deepEqual(replay([[0, 'text:SB12345\n']]).codes, ['SB12345']);
  assert.deepEqual(replay([[0, 'text:SB12345\tKID00001\r\nKID00002']]).codes, ['SB12345', 'KID00001', 'KID00002']);
});

test('without a suffix the pause ends the code', () => {
  assert.deepEqual(replay([...typed('KID00001', 0, 10), ...typed('KID00002', 700, 10)]).codes, [
    'KID00001',
    'KID00002',
  ]);
});

test('a suffix that comes after the pause belongs to the same code', () => {
  const { codes, passed } = replay([...typed('KID00001', 0, 10), [400, 'Enter']]);
  assert.deepEqual([codes, passed], [['KID00001'], []]);
});

test('a scanner known to send Enter is waited for through a hiccup', () => {
  const wedge = new Wedge('Enter');
  const { codes } = replay([...typed('KID0', 0, 10), ...typed('0042', 640, 10, 'Enter')], wedge);
  assert.deepEqual(codes, ['KID00042']);
});

test('carriage return and line feed together are one end', () => {
  const { codes, passed } = replay([...typed('SB12345', 0, 8, 'Enter'), [60, 'Enter']]);
  assert.deepEqual([codes, passed], [['SB12345'], []]);
});

test('Android: unnamed keys arrive as the text of the field', () => {
  const grow = [...'SB12345'].map((_, i): [number, string] => [i * 12, `text:${'SB12345'.slice(0, i + 1)}`]);
  assert.deepEqual(replay([...grow, [90, 'Enter']]).codes, ['SB12345']);
  assert.deepEqual(replay(grow).codes, ['SB12345']);
  assert.deepEqual(replay([[0, 'text:SB12345']]).codes, ['SB12345']);
});

test('an on-screen keyboard ends a code with Enter only', () => {
  const wedge = new Wedge();
  wedge.byHand = true;
  assert.deepEqual(replay([[0, 'text:SB12345']], wedge).codes, []);
  assert.deepEqual(wedge.end('Enter', 5_000).codes, ['SB12345']);
});

test('an input method that rewrites its word keeps the last word', () => {
  assert.deepEqual(
    replay([
      [0, 'text:sb1'],
      [15, 'text:SB12'],
      [30, 'text:SB12345'],
      [40, 'Enter'],
    ]).codes,
    ['SB12345'],
  );
});

test('what a hand left in the field does not stick to the scan after it', () => {
  const { codes, left } = replay([...typed('KI', 0, 300), ...typed('SB12345', 4_000, 8, 'Enter')]);
  assert.deepEqual([codes, left], [['SB12345'], 'KI']);
});

test('a scan whose first letter was held up stays whole', () => {
  assert.deepEqual(replay([[0, 'S'], ...typed('B12345', 900, 8, 'Enter')], new Wedge('Enter')).codes, ['SB12345']);
});

test('a hand may correct itself', () => {
  const trace: Trace = [...typed('SB1234', 0, 180), [1_300, 'Backspace'], [1_600, '5'], [1_900, 'Enter']];
  assert.deepEqual(replay(trace).codes, ['SB1235']);
});

test('pasting a list gives every line', () => {
  assert.deepEqual(replay([[0, 'paste:KID00001\nKID00002\r\n\nKID00003']]).codes, ['KID00001', 'KID00002', 'KID00003']);
});

test('Enter and Tab without a code belong to the browser', () => {
  assert.deepEqual(
    replay([
      [0, 'Enter'],
      [10, 'Tab'],
    ]).passed,
    ['Enter', 'Tab'],
  );
});

test('codes are cleaned as the server cleans them', () => {
  for (const [text = '', code] of codes) assert.equal(clean(text), code, JSON.stringify(text));
});
