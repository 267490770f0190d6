import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill, noticeTitle, sayReason, speak } from '../src/words/messages';

const cases: readonly [what: string, message: string, params: Record<string, string | number>, filled: string][] = [
  ['a parameter', 'There is no bill {bill}.', { bill: 'B-7' }, 'There is no bill B-7.'],
  ['a number in lakhs', 'At most {most}.', { most: 1_234_567 }, 'At most 12,34,567.'],
  ['one of something', '{bags|one:# bag is|other:# bags are} here', { bags: 1 }, '1 bag is here'],
  ['more of it', '{bags|one:# bag is|other:# bags are} here', { bags: 2_000 }, '2,000 bags are here'],
  ['the form of a word', '{verdict|full:No room|other:No}.', { verdict: 'full' }, 'No room.'],
  ['the last form for any other word', '{verdict|full:No room|other:No}.', { verdict: 'new' }, 'No.'],
  ['a brace', 'Write {{code}', {}, 'Write {code}'],
  ['nothing for what is missing, and no blank at the end', 'Yes. {notes}', {}, 'Yes.'],
];

for (const [what, message, params, filled] of cases)
  test(`a message is filled with ${what}`, () => assert.equal(fill(message, params, 'en'), filled));

test('the server’s English is shown until the language has come, and for keys that are not known', async () => {
  assert.equal(sayReason('bill_unknown', { bill: 'B-7' }, 'No bill.'), 'No bill.');
  await speak('en');
  assert.equal(sayReason('bill_unknown', { bill: 'B-7' }, 'No bill.'), 'There is no bill B-7.');
  assert.equal(sayReason('of_tomorrow', {}, 'Something new.'), 'Something new.');
  const notice = { kind: 'account_asked', params: { username: 'asha' }, title: '', message: '' };
  assert.equal(noticeTitle(notice), 'Somebody asks for an account');
});
