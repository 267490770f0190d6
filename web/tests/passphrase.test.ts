import assert from 'node:assert/strict';
import { test } from 'node:test';
import { madeUp } from '../src/state/passphrase';
import { passwordLacks } from '../src/words/password';

test('a made-up password is long, can be said, and is another one each time', () => {
  const password = madeUp();
  assert.match(password, /^([bdfghjklmnprstvz][aiou]){2}(-([bdfghjklmnprstvz][aiou]){2}){4}$/);
  assert.equal(passwordLacks(password), '');
  assert.notEqual(password, madeUp());
});

test('every syllable of a made-up password is as likely as any other', () => {
  const of = (byte: number) => madeUp(new Uint8Array([byte]));
  const times = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) times.set(of(byte), (times.get(of(byte)) ?? 0) + 1);
  assert.equal(times.size, 64);
  assert.deepEqual(new Set(times.values()), new Set([4]));
});
