import './page';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pager } from '../src/app/pager.svelte';

const pages: Record<string, { items: number[]; next: string | null; total: number | null }> = {
  first: { items: [1, 2], next: 'second', total: null },
  second: { items: [3], next: null, total: null },
};

test('a list that the server does not count knows its total at its end', async () => {
  const pager = new Pager<number>(async (cursor) => pages[cursor ?? 'first'] ?? { items: [], next: null, total: null });
  await pager.restart();
  assert.equal(pager.total, null);
  await pager.more();
  assert.deepEqual(pager.items, [1, 2, 3]);
  assert.equal(pager.total, 3);
});

test('one of a list is swapped for what it has become, in its place', async () => {
  const pager = new Pager<{ state: string }>(async () => ({ items: [{ state: 'active' }, { state: 'waiting' }], next: null, total: null }));
  await pager.restart();
  const [, second] = pager.items;
  assert.ok(second);
  pager.swap(second, { state: 'active' });
  assert.deepEqual(pager.items, [{ state: 'active' }, { state: 'active' }]);
});
