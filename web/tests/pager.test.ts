import './page';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from '../src/api';
import { Pager } from '../src/state/pager.svelte';
import { howMany } from '../src/words/words';

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
  const pager = new Pager<{ state: string }>(async () => ({
    items: [{ state: 'active' }, { state: 'waiting' }],
    next: null,
    total: null,
  }));
  await pager.restart();
  const [, second] = pager.items;
  assert.ok(second);
  pager.swap(second, { state: 'active' });
  assert.deepEqual(pager.items, [{ state: 'active' }, { state: 'active' }]);
});

test('pages with little on them, because the server looked through much, are gone through without being asked', async () => {
  const asked: (string | null)[] = [];
  const looks: Record<string, Page<number>> = {
    first: { items: [], next: 'second', total: null, total_at_least: 0, partial: true },
    second: { items: [1], next: 'third', total: null, partial: true },
    third: { items: [2], next: null, total: null },
  };
  const pager = new Pager<number>(async (cursor) => {
    asked.push(cursor);
    return looks[cursor ?? 'first'] ?? { items: [], next: null, total: null };
  });
  await pager.restart();
  assert.deepEqual([asked, pager.items, pager.hasMore], [[null, 'second', 'third'], [1, 2], false]);
});

test('a search that finds nothing stops after a while, and can be taken further', async () => {
  let asked = 0;
  const pager = new Pager<number>(async () => ({ items: [], next: String(++asked), total: null, partial: true }));
  await pager.restart();
  assert.deepEqual([asked, pager.hasMore], [40, true]);
  await pager.more();
  assert.equal(asked, 80);
});

test('how many there are is told as far as it was counted', () => {
  assert.equal(howMany({ total: 1, atLeast: 0 }, 'bag'), '1 bag');
  assert.equal(howMany({ total: null, atLeast: 10_000 }, 'bag'), 'more than 10,000 bags');
  assert.equal(howMany({ total: null, atLeast: 23 }, 'bag'), '');
});
