import './page';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passwordErrors, passwordHelp, passwordLacks } from '../src/words/password';

test('a password is long enough with 15 characters, or with 8 of all four kinds', () => {
  for (const fine of ['Abcdef1!', 'Äbcdef1A', 'fifteen letters', 'ਪੰਦਰਾਂ ਅੱਖਰ ਹਨ!!'])
    assert.equal(passwordLacks(fine), '', fine);
  for (const short of ['', 'Abcde1!', 'abcdefg1!', 'ABCDEFG1!', 'Abcdefgh!', 'Abcdefg12', 'fourteen chars'])
    assert.notEqual(passwordLacks(short), '', short);
});

test('a character of several bytes, or of two units, is one', () => {
  assert.match(passwordLacks('🌾🌾🌾🌾🌾🌾🌾'), /^Still missing: 1 more/);
});

test('what is missing is said while one types, and the rule before', () => {
  assert.equal(passwordLacks('Rain'), 'Still missing: 4 more characters, a digit, a sign; or 11 more of any kind.');
  assert.match(passwordHelp(''), /15 characters/);
  assert.match(passwordHelp('monsoon mustard moong'), /^Long enough/);
});

test('both fields say what is wrong with them', () => {
  assert.deepEqual(passwordErrors('', ''), { password: 'Choose a password.', again: '' });
  assert.deepEqual(passwordErrors('monsoon mustard moong', 'monsoon'), {
    password: '',
    again: 'This is not the same password.',
  });
});
