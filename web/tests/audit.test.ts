import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditActions, auditWords, thingOf } from '../src/words/audit';
import type { AuditNote } from '../src/api';
import { changes } from '../src/pages/audit/changes';

test('of a change only what is another one now is told', () => {
  assert.deepEqual(
    changes({ role: 'biller', area: null, username: 'ada' }, { role: 'admin', area: 'North', username: 'ada' }),
    [
      { field: 'role', old: 'biller', now: 'admin' },
      { field: 'area', old: null, now: 'North' },
    ],
  );
});

test('what was made or deleted is told whole, without what it did not have', () => {
  assert.deepEqual(changes(null, { username: 'ada', email: null, active: true }), [
    { field: 'user name', old: null, now: 'ada' },
    { field: 'active', old: null, now: 'yes' },
  ]);
  assert.deepEqual(changes({ qr: 'SB12345' }, null), [{ field: 'code', old: 'SB12345', now: null }]);
});

test('of two lists only what went and what came is told', () => {
  assert.deepEqual(changes({ children: ['A', 'B', 'C'] }, { children: ['B', 'C', 'D'] }), [
    { field: 'children', old: 'A', now: 'D' },
  ]);
  assert.deepEqual(changes({ children: ['A'] }, { children: ['A'] }), []);
});

test('nothing is told of nothing, and what is no object is told as it is', () => {
  assert.deepEqual(changes(null, null), []);
  assert.deepEqual(changes(undefined, 7), [{ field: 'value', old: null, now: '7' }]);
});

const note = (part: Partial<AuditNote>): AuditNote => ({
  id: 1,
  at: '',
  user: 'ada',
  action: '',
  entity: 'bag',
  entity_id: 7,
  name: null,
  before: null,
  after: null,
  reason: null,
  address: '',
  request_id: '',
  ...part,
});

test('a thing is called what it is called now, or was when it was deleted', () => {
  assert.deepEqual(thingOf(note({ name: 'KID 1' })), { words: 'KID 1', href: '/bag/KID%201' });
  assert.deepEqual(thingOf(note({ before: { qr: 'KID2' } })), { words: 'KID2', href: undefined });
  assert.deepEqual(thingOf(note({ entity: 'user', name: 'bina' })), { words: 'bina', href: '/user/7' });
  assert.deepEqual(thingOf(note({ entity: 'session' })), { words: 'session 7', href: undefined });
  assert.equal(thingOf(note({ entity: 'user', entity_id: null })), null);
  assert.equal(thingOf(note({ entity: 'user', name: 'ada' })), null, 'who did it is said already');
});

test('every action has words of its own, and an unknown one its name', () => {
  assert.equal(new Set(auditActions.map(auditWords)).size, auditActions.length);
  assert.equal(auditWords('bag.paint_red'), 'bag paint red');
});
