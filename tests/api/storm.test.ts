/** A storm of wrong passwords: hashing has a queue of its own, and it has an end. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { uuid7, type Reply } from '../../web/src/api';
import { children, mustard } from './support/codes';
import { isRefusal } from './support/expect';
import { Organisation } from './support/organisation';
import { Server } from './support/server';

describe('a storm of wrong passwords', () => {
  let server: Server;
  let here: Organisation;

  before(async () => {
    server = await Server.start({ settings: { rate_limits: 'off', proxies: '1' } });
    here = await Organisation.first(server);
  });

  after(() => server.stop());

  test('leaves scanning alone, and whoever is too many is told at once when to come back', async () => {
    const dev = await here.as('dev');
    const parent = mustard();
    const answers: Reply[] = [];
    const patience = { timeout: 300_000 };
    const guess = (i: number) =>
      here.stranger().call('POST', '/api/session', { username: `nobody${i}`, password: 'wrong' }, patience);
    const storm = Array.from({ length: 200 }, async (_, i) => answers.push(await guess(i)));

    for (const child of children(30)) {
      const reply = await dev.call('POST', '/api/scans', { id: uuid7(), parent, child }, patience);
      assert.equal(reply.status, 201, JSON.stringify(reply.body));
    }
    assert.ok(answers.length < storm.length, 'the scans waited until every password was hashed');

    await Promise.all(storm);
    const refused = answers.filter(({ status }) => status !== 401);
    assert.ok(
      refused.length > 0 && refused.length < answers.length,
      `${refused.length} of ${answers.length} were refused`,
    );
    for (const reply of refused) {
      isRefusal(reply, 503, 'overloaded');
      assert.ok(Number(reply.headers.get('Retry-After')) > 0);
    }
    await here.signIn('diya');
  });
});
