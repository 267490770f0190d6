/** Settings: what an administrator sets holds for the organisation, and for no other. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { SettingsApi, type Settings } from '../../../web/src/api';
import { refused, within } from '../support/expect';
import { Organisation } from '../support/organisation';
import { sharedServer } from '../support/shared';

/** Longer than a server takes to read them again. */
const soon = 10_000;

export function settings(): void {
  describe('the settings', () => {
    let here: Organisation;
    let there: Organisation;
    let api: SettingsApi;
    let usual: Settings;

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'settings.test');
      there = await Organisation.make(await sharedServer(), 'unset.test');
      api = new SettingsApi(await here.as('ada'));
      usual = await api.get();
    });

    test('begin as those of the server', () => {
      assert.deepEqual(usual, {
        time_zone: 'Asia/Kolkata',
        eod_hour: 20,
        session_idle_seconds: 1800,
        session_absolute_seconds: 3600,
        registration: true,
        require_2fa_admin: false,
        audit_anonymise: true,
      });
    });

    test('are all checked, and a refusal changes nothing', async () => {
      const wrong: [keyof Settings, unknown][] = [
        ['time_zone', 'Mars/Olympus'],
        ['time_zone', ''],
        ['eod_hour', 24],
        ['eod_hour', -1],
        ['session_idle_seconds', 59],
        ['session_idle_seconds', 3601],
        ['session_absolute_seconds', 2_592_001],
      ];
      for (const [field, value] of wrong) {
        const problem = await refused(api.put({ ...usual, [field]: value }), 422, 'bad_fields');
        assert.deepEqual(
          problem.problem.errors?.map(({ field: name }) => name),
          [field],
        );
      }
      assert.deepEqual(await api.get(), usual);
    });

    test('of sessions hold for everybody of the organisation within seconds, and for nobody else', async () => {
      await api.put({ ...usual, session_idle_seconds: 600, session_absolute_seconds: 1200 });
      const dev = await here.as('dev');
      assert.ok(await within(soon, async () => (await dev.session.get()).idle_seconds === 600));
      const own = await dev.session.get();
      assert.ok((own.absolute_left ?? 9999) <= 1200 && (own.idle_left ?? 9999) <= 600);
      const other = await (await there.as('dev')).session.get();
      assert.deepEqual([other.idle_seconds, other.absolute_seconds], [1800, 3600]);
      await api.put(usual);
      assert.ok(await within(soon, async () => (await dev.session.get()).idle_seconds === 1800));
    });

    test('shut registration for the organisation alone', async () => {
      await api.put({ ...usual, registration: false });
      const isOpen = async (of: Organisation) => (await of.stranger().entrance.registrationOpen()).open;
      assert.ok(await within(soon, async () => !(await isOpen(here))));
      const asked = here.stranger().entrance.register({
        username: 'somebody.new',
        email: 'somebody@example.org',
        password: 'Monsoon-7-lorries',
      });
      await refused(asked, 403, 'forbidden');
      assert.equal(await isOpen(there), true);
      await api.put(usual);
      assert.ok(await within(soon, () => isOpen(here)));
    });

    test('ask every administrator for a second factor, whoever is signed in already', async () => {
      const amar = await here.as('amar');
      await api.put({ ...usual, require_2fa_admin: true });
      const barred = () =>
        amar.users.list().then(
          () => false,
          ({ slug }: { slug: string }) => slug !== 'signed_out',
        );
      assert.ok(await within(soon, barred));
      await (await there.as('ada')).users.list();
      await (await here.as('bina')).bills.list();
    });

    test('are noted in the audit log as they were and as they are', async () => {
      const elsewhere = new SettingsApi(await there.as('ada'));
      const before = await elsewhere.get();
      await elsewhere.put({ ...before, eod_hour: null, time_zone: 'Asia/Dhaka' });
      const [note] = (await (await there.as('ada')).audit.list({ action: 'settings.edit' })).items;
      assert.deepEqual(note?.before, before);
      assert.deepEqual(note?.after, { ...before, eod_hour: null, time_zone: 'Asia/Dhaka' });
      assert.equal((await (await there.as('dev')).session.get()).zone, 'Asia/Dhaka');
    });
  });
}
