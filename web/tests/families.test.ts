import './page';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import table from '../../tests/data/families.json';
import { capacityOf, familyOf, fits } from '../src/scanner/family';
import { forgetFamilies, hearOfFamily, learnFamilies, likelyCapacity, looksLikeParent } from '../src/state/families';
import { enter, leave } from '../src/state/session.svelte';

let up = true;
let asked = 0;
const kept = new Map<string, string>();

Object.defineProperty(globalThis, 'localStorage', {
  value: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => kept.set(name, text),
    removeItem: (name: string) => kept.delete(name),
  },
});
globalThis.fetch = async (url) => {
  if (!up) throw new TypeError('fetch failed');
  assert.equal(String(url), '/api/families');
  asked++;
  return new Response(JSON.stringify({ items: table.families, next: null }), {
    headers: { 'Content-Type': 'application/json' },
  });
};

beforeEach(() => {
  up = true;
  asked = 0;
  forgetFamilies();
  enter({
    user: { id: 7, username: 'asha', role: 'dispatcher', area: null },
    csrf: 'x',
    idle_seconds: 1,
    absolute_seconds: 1,
  });
});

test('a code is of the family that the table says, and so it is for the server', () => {
  for (const [code, name, capacity] of table.codes as [string, string | null, number | null][]) {
    const family = familyOf(code, table.families);
    assert.equal(family?.name ?? null, name, code);
    assert.equal(family === undefined ? null : capacityOf(family, code), capacity, code);
  }
});

test('a pattern that is still being typed fits nothing yet', () => {
  assert.deepEqual(
    ['^SB', '^SB(\\d$', '^SB\\d$'].map((pattern) => fits(pattern, 'SB1')),
    [null, null, true],
  );
});

test('before the server has told its families no code looks like a parent', async () => {
  assert.deepEqual([looksLikeParent('SB12345'), likelyCapacity('SB12345')], [false, null]);
  await learnFamilies();
  assert.deepEqual([looksLikeParent('SB12345'), likelyCapacity('P123-10'), looksLikeParent('C123')], [true, 10, false]);
});

test('what the server told is kept without a network, on the device as well', async () => {
  await learnFamilies();
  up = false;
  await learnFamilies();
  assert.equal(likelyCapacity('M444-00001'), 15);
  assert.equal(JSON.parse(kept.get('tracetrack.families') ?? '[]').length, table.families.length);
  forgetFamilies();
  assert.equal(kept.has('tracetrack.families'), false);
});

test('families that arrive after their person has left are not kept', async () => {
  const learning = learnFamilies();
  leave();
  await learning;
  assert.equal(looksLikeParent('SB12345'), false);
});

test('a family that nobody has told of yet makes the device ask again', async () => {
  await learnFamilies();
  hearOfFamily('mustard');
  hearOfFamily(null);
  assert.equal(asked, 1);
  hearOfFamily('lentils');
  assert.equal(asked, 2);
});
