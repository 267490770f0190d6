/** Accounts: what is changed about somebody counts at once, in sessions that are open. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Api } from '../../../web/src/api';
import { fine, refused } from '../support/expect';
import { Organisation, password } from '../support/organisation';
import { problem, raw } from '../support/raw';
import { sharedServer } from '../support/shared';
import { holdersOf, isOpen, nameOf, routes } from '../support/table';
import { enrol } from '../support/totp';

interface User {
  id: number;
  username: string;
  role: string;
  area: string | null;
  state: string;
  sessions: number;
  two_factor: boolean;
}

export function accounts(): void {
  describe('an account', () => {
    let here: Organisation;
    let ada: Api;

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'accounts.test');
      ada = await here.as('ada');
    });

    const find = async (name: string): Promise<User> => {
      const { items } = await fine<{ items: User[] }>(ada, 'GET', `/api/users?q=${here.username(name)}`);
      assert.ok(items[0] !== undefined, name);
      return items[0];
    };
    const newcomer = async (
      name: string,
      role: 'admin' | 'biller' | 'dispatcher',
    ): Promise<{ api: Api; id: number }> => {
      await here.add({ name, role });
      return { api: await here.signIn(name), id: (await find(name)).id };
    };

    test('has its new role in the next call', async () => {
      const { api, id } = await newcomer('riya', 'dispatcher');
      await refused(api.ask('GET', '/api/bills'), 403, 'forbidden');
      await fine(ada, 'PATCH', `/api/users/${id}`, { role: 'admin' });
      await fine(api, 'GET', '/api/users');
      await fine(ada, 'PATCH', `/api/users/${id}`, { role: 'biller' });
      await fine(api, 'GET', '/api/bills');
      await refused(api.ask('GET', '/api/users'), 403, 'forbidden');
    });

    test('begins with an area, when it is a dispatcher’s and there is such an area', async () => {
      const made = (role: string, area: string) =>
        ada.ask<User>('POST', '/api/users', { username: here.username(`in${role}`), password, role, area });
      for (const [role, area] of [
        ['biller', 'Lucknow'],
        ['dispatcher', 'Atlantis'],
      ] as const) {
        const { problem: said } = await refused(made(role, area), 422, 'bad_fields');
        assert.deepEqual(
          said.errors?.map(({ field }) => field),
          ['area'],
        );
      }
      assert.equal((await made('biller', '')).area, null);
      assert.equal((await made('dispatcher', 'lucknow')).area, 'Lucknow');
    });

    test('is shut by a lock, by a new password, by signing out and by deletion', async () => {
      const { id, api } = await newcomer('kiran', 'dispatcher');
      await fine(ada, 'PATCH', `/api/users/${id}`, { state: 'locked' });
      await refused(api.ask('GET', '/api/session'), 401, 'signed_out');
      await fine(ada, 'PATCH', `/api/users/${id}`, { state: 'active' });

      const again = await here.signIn('kiran');
      await fine(ada, 'PATCH', `/api/users/${id}`, { password: 'another long pass phrase' });
      await refused(again.ask('GET', '/api/session'), 401, 'signed_out');
      await refused(here.signIn('kiran'), 401, 'bad_credentials');
      await fine(ada, 'PATCH', `/api/users/${id}`, { password });

      const third = await here.signIn('kiran');
      assert.deepEqual(await fine(ada, 'POST', `/api/users/${id}/sign-out`), { ended: 1 });
      await refused(third.ask('GET', '/api/session'), 401, 'signed_out');

      const last = await here.signIn('kiran');
      await fine(ada, 'DELETE', `/api/users/${id}`);
      await refused(last.ask('GET', '/api/session'), 401, 'signed_out');
      await refused(here.signIn('kiran'), 401, 'bad_credentials');
      await newcomer('kiran', 'dispatcher');
    });

    test('keeps its own session when its owner chooses another password', async () => {
      const { api } = await newcomer('tara', 'dispatcher');
      const other = await here.signIn('tara');
      await refused(
        api.ask('PUT', '/api/profile/password', { current: 'wrong', password: 'another long pass phrase' }),
        422,
        'bad_fields',
      );
      await fine(api, 'PUT', '/api/profile/password', { current: password, password: 'another long pass phrase' });
      await fine(api, 'GET', '/api/session');
      await refused(other.ask('GET', '/api/session'), 401, 'signed_out');
    });

    test('keeps its second factor and its address from whoever has the session and not the password', async () => {
      const { api } = await newcomer('robbed', 'biller');
      await enrol(api);
      await refused(api.ask('DELETE', '/api/profile/2fa', { password: 'a guess' }), 422, 'bad_fields');
      await refused(api.ask('PUT', '/api/profile', { email: 'thief@example.org' }), 422, 'bad_fields');
      await refused(
        api.ask('PUT', '/api/profile', { email: 'thief@example.org', current: 'a guess' }),
        422,
        'bad_fields',
      );
      assert.deepEqual(
        [(await find('robbed')).two_factor, (await fine<{ email: string | null }>(api, 'GET', '/api/profile')).email],
        [true, null],
      );
      await fine(api, 'DELETE', '/api/profile/2fa', { password });
    });

    test('loses its second factor by an administrator, and is told', async () => {
      const { api, id } = await newcomer('isha', 'biller');
      const path = `/api/users/${id}/2fa`;
      assert.equal((await find('isha')).two_factor, false);
      await refused(ada.ask('DELETE', path), 409, 'refused');

      await enrol(api);
      assert.equal((await find('isha')).two_factor, true);
      await refused(here.signIn('isha'), 401, 'code_required');
      await fine(ada, 'DELETE', path);
      await refused(api.ask('GET', '/api/session'), 401, 'signed_out');
      const again = await here.signIn('isha');
      assert.equal((await fine<{ unread: number }>(again, 'GET', '/api/notifications')).unread, 1);

      await refused(ada.ask('DELETE', '/api/users/999999999/2fa'), 404, 'not_found');
      const self = await find('ada');
      await enrol(ada);
      await refused(ada.ask('DELETE', `/api/users/${self.id}/2fa`), 409, 'refused');
      await fine(ada, 'DELETE', '/api/profile/2fa', { password });
    });

    test('whose password somebody else chose may do nothing before it has another', async () => {
      const [username, own] = [here.username('vani'), 'another long pass phrase'];
      const { id } = await fine<{ id: number }>(ada, 'POST', '/api/users', {
        username,
        password,
        role: 'admin',
        temporary: true,
      });
      const vani = await here.signIn('vani');
      assert.equal((await vani.session.get()).user.must_change_password, true);
      for (const route of routes.filter(
        (each) => !isOpen(each) && each.may !== 'enrol' && holdersOf(each).includes('admin'),
      )) {
        const refusal = await raw(vani, {
          method: route.method,
          path: route.path.replace(/\{\w+\}/g, '1'),
          headers: { Host: here.host },
        });
        assert.deepEqual(
          [refusal.status, problem(refusal).type],
          [403, '/problems/password_change_required'],
          nameOf(route),
        );
      }
      await fine(vani, 'GET', '/api/profile/2fa');

      await refused(vani.ask('PUT', '/api/profile/password', { current: password, password }), 422, 'bad_fields');
      await fine(vani, 'PUT', '/api/profile/password', { current: password, password: own });
      assert.equal((await vani.session.get()).user.must_change_password, false);
      await fine(vani, 'GET', '/api/users');

      await fine(ada, 'PATCH', `/api/users/${id}`, { password, temporary: true });
      assert.equal((await (await here.signIn('vani')).session.get()).user.must_change_password, true);
      await fine(ada, 'PATCH', `/api/users/${id}`, { password: own });
      const again = here.stranger();
      assert.equal((await again.session.signIn({ username, password: own })).user.must_change_password, false);
      await fine(ada, 'DELETE', `/api/users/${id}`);
    });

    test('that is the last administrator is not given up', async () => {
      await fine(ada, 'PATCH', `/api/users/${(await find('amar')).id}`, { role: 'biller' });
      const { id } = await find('ada');
      for (const change of [{ role: 'biller' }, { state: 'locked' }])
        await refused(ada.ask('PATCH', `/api/users/${id}`, change), 409, 'refused');
      await refused(ada.ask('DELETE', `/api/users/${id}`), 409, 'refused');
    });

    test('is asked for, approved, promoted, and told so', async () => {
      const username = here.username('nila');
      const stranger = here.stranger();
      for (const email of ['nila@example.org', 'other@example.org']) {
        assert.deepEqual(await fine(stranger, 'POST', '/api/registrations', { username, email, password }), {
          state: 'waiting',
        });
      }
      await refused(here.signIn('nila'), 403, 'forbidden');
      await fine(ada, 'POST', `/api/users/${(await find('nila')).id}/approve`);

      const nila = await here.signIn('nila');
      const { id } = await fine<{ id: number }>(nila, 'POST', '/api/promotions', {
        reason: 'I keep the store on Sundays.',
      });
      await refused(nila.ask('POST', '/api/promotions', { reason: 'I keep the store on Sundays.' }), 409, 'refused');
      await fine(ada, 'POST', `/api/promotions/${id}/decision`, { approve: true, notes: 'Welcome.' });
      await refused(ada.ask('POST', `/api/promotions/${id}/decision`, { approve: false }), 409, 'refused');
      await fine(nila, 'GET', '/api/users');
      const { items, unread } = await fine<{ items: { message: string }[]; unread: number }>(
        nila,
        'GET',
        '/api/notifications',
      );
      assert.equal(unread, 1);
      assert.match(items[0]?.message ?? '', /Welcome\./);
    });
  });
}
