/**
 * What keeps the server from starting: the reason alone, in one line, before the database is touched.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server as Listener } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { run, type Run } from '../support/run';
import { Server } from '../support/server';
import { sqlOnce } from '../support/sql';

const secret = 'only-for-tests-0123456789-0123456789';
const badSettings = 78;
const noDatabase = 69;

export function obstacles(): void {
  describe('what keeps the server from starting is told alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tracetrack-obstacles-'));
    const file = (name: string, text = ''): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    let count = 0;
    /** A data folder that is not there yet. */
    const fresh = (): string => join(folder, `data-${(count += 1)}`);

    let listener: Listener;
    let taken: string;
    let server: Server;
    let database: string;

    before(async () => {
      listener = createServer().listen(0, '127.0.0.1');
      await new Promise((settle) => listener.once('listening', settle));
      taken = String((listener.address() as AddressInfo).port);
      server = await Server.start();
      await sqlOnce(server, 'CREATE DATABASE untouched');
      database = server.database.replace('dbname=tracetrack', 'dbname=untouched');
      for (const [key, cert] of [
        ['a.key', 'a.pem'],
        ['b.key', 'b.pem'],
      ]) {
        const words = [
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '2',
          '-subj',
          '/CN=x',
          '-keyout',
          join(folder, key as string),
          '-out',
          join(folder, cert as string),
        ];
        execFileSync('openssl', words, { stdio: 'ignore' });
      }
    });
    after(async () => {
      listener?.close();
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const serve = (words: readonly string[], env: Record<string, string> = {}): Promise<Run> =>
      run(['serve', '--listen', '127.0.0.1:0', ...words], { cwd: folder, env });

    function alone(it: Run, code: number, why: RegExp): void {
      assert.equal(it.said, '');
      assert.match(it.complaint, /^tracetrack: [^\n]+\n$/);
      assert.match(it.complaint, why);
      assert.equal(it.code, code);
    }

    /** With a private PostgreSQL none is made; in one that is given nothing is. */
    async function refused(words: readonly string[], why: RegExp, env: Record<string, string> = {}): Promise<void> {
      const data = fresh();
      alone(await serve(['--data', data, ...words], env), badSettings, why);
      assert.ok(!existsSync(join(data, 'postgres')), words.join(' '));
      alone(await serve(['--data', data, ...words], { DATABASE_URL: database, ...env }), badSettings, why);
      assert.equal(await relations(), '0\n', words.join(' '));
    }

    const relations = (): Promise<string> =>
      run(['-XqAtc', "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace", '-d', database], {
        command: 'psql',
      }).then(({ said }) => said);

    test('a port that is in use', async () => {
      await refused(['--port', taken], new RegExp(`port ${taken} is in use by another program`));
      await refused(['--listen', `127.0.0.1:${taken}`], /is in use by another program/);
    });

    test('an address that is none of ours', async () => {
      await refused(['--listen', '192.0.2.1:0'], /can't listen on 192\.0\.2\.1 port 0: Cannot assign/);
      await refused(['--listen', 'nowhere'], /nowhere is no address/);
    });

    test('a setting that can’t be', async () => {
      const wrong: [words: string[], why: RegExp][] = [
        [['--port', '70000'], /--port.*70000|--port: .*65535/],
        [['--workers', '0'], /--workers/],
        [['--log-level', 'loud'], /--log-level/],
        [['--nonsense', '1'], /nonsense/],
        [['--config', join(folder, 'none.conf')], /none\.conf: No such file/],
        [['--config', file('odd.conf', 'port = 1\nworkers\n')], /odd\.conf:2: expected/],
        [['--session-idle-seconds', '7200'], /session_idle_seconds can't be more/],
        [['--admin-password', 'ÄÖÜäöüß'], /the administrator's password needs 12 characters/],
        [['--base-url', 'bags.example.com'], /base_url must begin with https/],
        [['--from-email', 'nobody'], /from_email is no e-mail address/],
      ];
      for (const [words, why] of wrong) await refused(words, why);
    });

    test('what production does not allow', async () => {
      const production = { ENVIRONMENT: 'production' };
      await refused([], /production needs a SESSION_SECRET/, production);
      await refused([], /test users are refused in production/, {
        ...production,
        SESSION_SECRET: secret,
        CREATE_TEST_USERS: 'on',
      });
      await refused([], /rate_limits can't be off in production/, {
        ...production,
        SESSION_SECRET: secret,
        RATE_LIMITS: 'off',
      });
    });

    test('a certificate or key that is missing, no such thing, or another’s', async () => {
      const pem = (name: string): string => join(folder, name);
      await refused(['--tls-cert', pem('none.pem'), '--tls-key', pem('a.key')], /none\.pem: No such file/);
      await refused(['--tls-cert', pem('a.pem'), '--tls-key', pem('none.key')], /none\.key: No such file/);
      await refused(['--tls-cert', pem('a.pem')], /only of use together/);
      await refused(['--tls-cert', file('empty.pem'), '--tls-key', pem('a.key')], /tls_cert holds no certificate/);
      await refused(['--tls-cert', pem('a.pem'), '--tls-key', pem('b.key')], /tls_key is not the key of tls_cert/);
    });

    test('a data folder that can’t be written', async () => {
      const root = process.getuid?.() === 0;
      const locked = join(folder, 'locked');
      mkdirSync(locked);
      chmodSync(locked, 0o500);
      const cases: [data: string, why: RegExp][] = [
        [file('file'), /file\/session_secret: Not a directory/],
        [join(file('file'), 'data'), /can't make the folder .*: Not a directory/],
        [
          root ? '/proc/tracetrack' : join(locked, 'data'),
          /can't make the folder .*: (Permission denied|No such file)/,
        ],
      ];
      for (const [data, why] of cases) {
        alone(await serve(['--data', data]), badSettings, why);
        alone(await serve(['--data', data], { DATABASE_URL: database }), badSettings, why);
      }
      assert.equal(await relations(), '0\n');
    });

    test('a session secret that is damaged', async () => {
      const data = fresh();
      mkdirSync(data);
      writeFileSync(join(data, 'session_secret'), 'half of it');
      alone(await serve(['--data', data]), badSettings, /session_secret is damaged/);
      assert.deepEqual(readdirSync(data), ['session_secret']);
    });

    test('a data folder in which another server works', async () => {
      alone(
        await serve(['--data', join(server.folder, 'data')]),
        badSettings,
        /another server is running with this data folder/,
      );
    });

    test('a database that does not answer, or is none', async () => {
      for (const [url, why] of [
        [`postgresql://tracetrack@127.0.0.1:${taken}/x?connect_timeout=2`, /127\.0\.0\.1/],
        ['postgresql://tracetrack@127.0.0.1:1/x', /Connection refused/],
        [`host=${folder} user=tracetrack`, /No such file or directory/],
        ['postgresql://[x', /tracetrack: /],
        ['host=127.0.0.1 nonsense', /missing "=" after "nonsense"/],
        [database.replace('untouched', 'absent'), /database "absent" does not exist/],
      ] as const) {
        listener.once('connection', (socket) => socket.end());
        alone(await serve(['--data', fresh()], { DATABASE_URL: url }), noDatabase, why);
      }
    });

    test('a database in which the schema can’t be', async () => {
      await sqlOnce(
        server,
        "CREATE DATABASE narrow ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
      );
      await sqlOnce(server, 'CREATE ROLE guest LOGIN');
      const narrow = database.replace('untouched', 'narrow');
      const guest = database.replace('user=postgres', 'user=guest');
      alone(
        await serve(['--data', fresh()], { DATABASE_URL: narrow }),
        badSettings,
        /encoded in SQL_ASCII, and has to be in UTF8/,
      );
      alone(
        await serve(['--data', fresh()], { DATABASE_URL: guest }),
        badSettings,
        /guest may not make tables in the schema "public"/,
      );
      assert.equal(await relations(), '0\n');
    });

    test('and the doctor tells the same', async () => {
      const it = await run(
        [
          'doctor',
          '--data',
          fresh(),
          '--port',
          taken,
          '--tls-cert',
          join(folder, 'a.pem'),
          '--base-url',
          'bags.example.com',
        ],
        { env: { SESSION_SECRET: secret } },
      );
      assert.match(it.said, /^mail +.*base_url must begin/m);
      assert.match(it.said, /^TLS +.*only of use together/m);
      assert.match(it.said, new RegExp(`^address +port ${taken} is in use`, 'm'));
      assert.equal(it.code, badSettings);
    });
  });
}
