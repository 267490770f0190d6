import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uuid7 } from '../src/api';

test('is a version 7 identifier of the time it was made', () => {
  const id = uuid7(Date.parse('2100-01-01T00:00:00Z'));
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(parseInt(id.replace('-', '').slice(0, 12), 16), Date.parse('2100-01-01T00:00:00Z'));
});

test('every identifier is larger than the one before, whatever the clock does', () => {
  const now = Date.parse('2100-01-02T00:00:00Z');
  const ids = Array.from({ length: 20_000 }, (_, i) => uuid7(now - (i % 7)));
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(ids, [...ids].sort());
});
