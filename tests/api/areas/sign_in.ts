/** Signing in: who gets a session, who doesn't, and what the answers give away. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { isRefusal, refused, told } from '../support/expect';
import { Organisation, password } from '../support/organisation';
import { raw } from '../support/raw';
import { adminPassword, type Server } from '../support/server';
import { sharedServer } from '../support/shared';
import { sql, sqlValue } from '../support/sql';

export function signIn(): void {
  describe('signing in', () => {
    let server: Server;
    let here: Organisation;

    before(async () => {
      server = await sharedServer();
      here = await Organisation.make(server, 'signin.test');
    });

    const attempt = (username: string, word: string) =>
      here.stranger().call('POST', '/api/session', { username, password: word });

    test('answers with who it is, the CSRF token and both limits', async () => {
      const api = here.stranger();
      const session = await api.session.signIn({ username: here.username('lata'), password });
      assert.deepEqual(Object.keys(session).sort(), [
        'absolute_left',
        'absolute_seconds',
        'csrf',
        'idle_left',
        'idle_seconds',
        'user',
        'zone',
      ]);
      assert.equal(typeof session.user.id, 'number');
      assert.deepEqual(
        { ...session.user, id: 0 },
        { id: 0, username: here.username('lata'), role: 'dispatcher', area: 'Lucknow', must_change_password: false },
      );
      assert.match(session.csrf, /^[0-9a-f]{32}$/);
      assert.deepEqual(
        [session.idle_seconds, session.absolute_seconds, session.idle_left, session.absolute_left],
        [1800, 3600, 1800, 3600],
      );
      assert.equal(session.zone, 'Asia/Kolkata');
    });

    test('sets a cookie that scripts and other sites can’t use, and that ends with the browser', async () => {
      const body = JSON.stringify({ username: here.username('dev'), password });
      const answer = await raw(here.stranger(), {
        method: 'POST',
        path: '/api/session',
        headers: { Host: 'signin.test', 'Content-Type': 'application/json' },
        body,
      });
      const [pair = '', ...attributes] = (answer.headers['set-cookie'] ?? '').split('; ');
      assert.match(pair, /^tracetrack_session=\d+\.\d+\.[0-9a-f]+\.[0-9a-f]+$/);
      assert.deepEqual(attributes.sort(), ['HttpOnly', 'Path=/', 'SameSite=Lax']);
    });

    test('takes the name in any case', async () => {
      assert.equal((await attempt(here.username('dev').toUpperCase(), password)).status, 200);
    });

    test('starts a new session each time', async () => {
      const [one, other] = [await here.signIn('dev'), await here.signIn('dev')];
      assert.notEqual(one.jar?.header(), other.jar?.header());
      assert.notEqual(one.csrf, other.csrf);
      assert.equal((await one.session.get()).user.username, here.username('dev'));
    });

    test('gives nobody a session for a wrong password, or for a name that nobody has', async () => {
      for (const name of [here.username('bala'), 'nobody.here']) {
        const reply = await attempt(name, 'wrong');
        isRefusal(reply, 401, 'bad_credentials');
        assert.equal(reply.headers.get('Set-Cookie'), null);
      }
    });

    test('says the same of a wrong password and of an unknown name, up to the lock and behind it', async () => {
      const tell = async (name: string) => {
        const replies = [];
        for (let i = 0; i < 7; i++) replies.push(told(await attempt(name, `wrong ${i}`)));
        return replies;
      };
      assert.deepEqual(await tell(here.username('indra')), await tell('someone.else'));
    });

    test('is locked for 15 minutes after five wrong passwords, for the right one as well', async () => {
      const name = here.username('amar');
      for (let i = 1; i <= 5; i++)
        isRefusal(await attempt(i % 2 === 0 ? name : name.toUpperCase(), 'wrong'), 401, 'bad_credentials');

      const locked = await attempt(name, password);
      isRefusal(locked, 423, 'locked');
      assert.equal(locked.headers.get('Set-Cookie'), null);

      const left = await sqlValue(
        server,
        `SELECT max(round(extract(epoch FROM locked_until - at))) FROM login_attempt WHERE org_id = ${here.id}`,
      );
      assert.equal(left, '900');

      await sql(
        server,
        `UPDATE login_attempt SET locked_until = now() - interval '1 second' WHERE org_id = ${here.id} AND locked_until IS NOT NULL`,
      );
      assert.equal((await attempt(name, password)).status, 200);
    });

    test('forgets the wrong ones once the right one was given', async () => {
      const name = here.username('diya');
      for (let round = 0; round < 2; round++) {
        for (let i = 0; i < 4; i++) isRefusal(await attempt(name, 'wrong'), 401, 'bad_credentials');
        assert.equal((await attempt(name, password)).status, 200);
      }
    });

    test('counts tries that come at the same moment one by one', async () => {
      await here.add({ name: 'rushed', role: 'dispatcher' });
      const replies = await Promise.all(Array.from({ length: 9 }, () => attempt(here.username('rushed'), 'wrong')));
      assert.deepEqual(replies.map((reply) => reply.status).sort(), [401, 401, 401, 401, 401, 423, 423, 423, 423]);
    });

    test('is for approved people only, and says so to whoever knows the password', async () => {
      await here.add(
        { name: 'newcomer', role: 'dispatcher' },
        { name: 'barred', role: 'dispatcher' },
        { name: 'gone', role: 'dispatcher' },
      );
      for (const [name, state] of [
        ['newcomer', 'waiting'],
        ['barred', 'locked'],
        ['gone', 'deleted'],
      ] as const) {
        await sql(
          server,
          `UPDATE users SET state = '${state}' WHERE org_id = ${here.id} AND username = '${here.username(name)}'`,
        );
      }
      const waiting = isRefusal(await attempt(here.username('newcomer'), password), 403, 'forbidden');
      assert.deepEqual(
        [waiting.reason, waiting.detail],
        ['not_approved', 'An administrator has to approve this account first.'],
      );
      isRefusal(await attempt(here.username('newcomer'), 'wrong'), 401, 'bad_credentials');
      const barred = isRefusal(await attempt(here.username('barred'), password), 423, 'locked');
      assert.deepEqual([barred.reason, barred.detail], ['account_locked', 'An administrator has locked this account.']);
      isRefusal(await attempt(here.username('gone'), password), 401, 'bad_credentials');
    });

    test('needs a name and a password, of any characters and a sensible length', async () => {
      const { problem } = await refused(
        here.stranger().ask('POST', '/api/session', { username: 'x'.repeat(300) }),
        422,
        'bad_fields',
      );
      assert.deepEqual(problem.errors?.map((error) => error.field).sort(), ['password', 'username']);
      isRefusal(await attempt('आशा', 'पासवर्ड'), 401, 'bad_credentials');
      isRefusal(await attempt('', ''), 401, 'bad_credentials');
      isRefusal(await attempt('x', 'y'.repeat(1025)), 422, 'bad_fields');
    });

    test('leaves no password in the log and none in the audit log', async () => {
      const typed = 'Secret-that-was-typed-1';
      await attempt(here.username('bala'), typed);
      await attempt(typed, typed);
      assert.ok(!server.log.includes(typed));
      assert.equal(await sqlValue(server, `SELECT count(*) FROM audit_log a WHERE a::text LIKE '%${typed}%'`), '0');
      assert.equal(
        await sqlValue(server, `SELECT count(*) FROM login_attempt a WHERE a::text ILIKE '%${typed}%'`),
        '0',
      );
    });

    test('is in the audit log, the failures and locks as well', async () => {
      const actions = await sql(server, `SELECT DISTINCT action FROM audit_log WHERE org_id = ${here.id} ORDER BY 1`);
      assert.deepEqual(actions.flat(), ['locked', 'sign_in', 'sign_in_failed']);
    });

    test('works for the first administrator, with the password that was set', async () => {
      const first = await Organisation.first(server, 'unused');
      const api = first.stranger();
      const session = await api.session.signIn({ username: 'admin', password: adminPassword });
      assert.equal(session.user.role, 'admin');
      assert.deepEqual(await api.setup.get(), { needed: false });
      await refused(
        api.setup.finish({ token: '0'.repeat(32), username: 'second', password: adminPassword }),
        403,
        'forbidden',
      );
    });
  });
}
