/** What holds for every answer: headers, caching, packing, and how a refusal is said. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { before, describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { uuid7, type Api } from '../../../web/src/api';
import { child, children, counted, mustard } from '../support/codes';
import { isRefusal } from '../support/expect';
import { Organisation } from '../support/organisation';
import { exchange, identity, problem, raw } from '../support/raw';
import { sharedServer } from '../support/shared';
import { sqlValue } from '../support/sql';

export function wire(): void {
  describe('an answer', () => {
    let here: Organisation;
    let dev: Api;
    const parent = counted(200);

    before(async () => {
      here = await Organisation.make(await sharedServer(), 'wire.test');
      dev = await here.as('dev');
      await dev.scans.batch(children(200).map((code) => ({ id: uuid7(), parent, child: code })));
    });

    const get = (path: string, headers: Record<string, string> = {}) => raw(dev, { method: 'GET', path, headers });

    test('is never kept by anybody on its way, and says what it is and how long it took', async () => {
      for (const [path, status] of [
        ['/api/stats', 200],
        [`/api/bag/${parent}`, 200],
        ['/api/bag/NOBODY', 404],
        ['/api/nothing', 404],
        ['/api/bags?limit=0', 422],
      ] as const) {
        const { headers, status: got } = await get(path);
        assert.equal(got, status);
        assert.equal(headers['cache-control'], 'no-store', path);
        assert.equal(headers['x-content-type-options'], 'nosniff', path);
        assert.match(
          headers['server-timing'] ?? '',
          /^queue;dur=\d+\.\d\d, db;dur=\d+\.\d\d, total;dur=\d+\.\d\d$/,
          path,
        );
        assert.match(
          headers['content-type'] ?? '',
          status === 200 ? /^application\/json$/ : /^application\/problem\+json$/,
          path,
        );
        assert.equal(Number(headers['content-length']) > 0, true, path);
      }
    });

    test('lets browsers run nothing that is not ours, and show it in no frame, whatever it is', async () => {
      for (const path of ['/', '/api/stats', '/api/nothing', '/nothing.js', '/health']) {
        const { headers } = await get(path, { Accept: 'text/html' });
        const policy = headers['content-security-policy'] ?? '';
        for (const rule of ["default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"])
          assert.ok(policy.includes(rule), `${path}: ${policy}`);
        assert.doesNotMatch(policy, /unsafe|\*|https?:/, path);
        assert.deepEqual(
          [
            'x-content-type-options',
            'x-frame-options',
            'referrer-policy',
            'cross-origin-opener-policy',
            'cross-origin-resource-policy',
          ].map((name) => headers[name]),
          ['nosniff', 'DENY', 'same-origin', 'same-origin', 'same-origin'],
          path,
        );
        assert.equal(headers['access-control-allow-origin'], undefined, path);
      }
    });

    test('that refuses is a problem as RFC 9457 has it', async () => {
      for (const [path, slug, status] of [
        ['/api/bag/NOBODY', 'not_found', 404],
        ['/api/bills', 'forbidden', 403],
        ['/api/bags?limit=0', 'bad_fields', 422],
      ] as const) {
        const reply = await dev.call('GET', path);
        const said = isRefusal(reply, status, slug);
        assert.match(said.title, /^[A-Z].*\.$/);
      }
      assert.equal(isRefusal(await dev.call('GET', '/api/bag/NOBODY'), 404).detail, 'There is no bag NOBODY.');
    });

    test('carries the caller’s request id, or one of its own when that is no good', async () => {
      for (const id of ['a', '0b5cf2a4-8a9f-4c53-8d1f-0a5a8a4a1c11', 'A.b_c-1'])
        assert.equal((await get('/api/stats', { 'X-Request-ID': id })).headers['x-request-id'], id);
      const made = new Set<string>();
      for (const id of ['', 'x'.repeat(37), 'a b', 'ü', '<script>', 'a;b', "'"]) {
        const given = (await get('/api/stats', { 'X-Request-ID': id })).headers['x-request-id'] ?? '';
        assert.match(given, /^[0-9a-f]{32}$/);
        made.add(given);
      }
      assert.equal(made.size, 7);
    });

    test('and the audit log have the same request id', async () => {
      const code = child();
      await raw(dev, {
        method: 'POST',
        path: '/api/bags',
        headers: { 'X-Request-ID': 'trace-me', 'Content-Type': 'application/json' },
        body: JSON.stringify({ qr: code }),
      });
      assert.equal(
        await sqlValue(
          here.server,
          `SELECT action FROM audit_log WHERE org_id = ${here.id} AND request_id = 'trace-me'`,
        ),
        'bag.create',
      );
    });

    test('need not be sent again when it is still the same', async () => {
      const path = `/api/bag/${parent}`;
      const first = await get(path);
      const tag = first.headers['etag'] ?? '';
      assert.match(tag, /^W\/"[0-9a-f]+"$/);
      for (const known of [tag, `"x", ${tag}`, '*', tag.slice(2)]) {
        const again = await get(path, { 'If-None-Match': known });
        assert.deepEqual([again.status, again.body.length, again.headers['etag']], [304, 0, tag], known);
      }
      assert.equal((await get(path, { 'If-None-Match': 'W/"0123456789abcdef"' })).status, 200);

      await dev.scans.undo(parent);
      const changed = await get(path, { 'If-None-Match': tag });
      assert.equal(changed.status, 200);
      assert.notEqual(changed.headers['etag'], tag);
    });

    test('above 1 KiB is packed for whoever can unpack it', async () => {
      const path = `/api/bag/${parent}`;
      const plain = await get(path);
      for (const accepts of ['gzip', 'br, gzip;q=0.5', 'GZIP']) {
        const packed = await get(path, { 'Accept-Encoding': accepts });
        assert.equal(packed.headers['content-encoding'], 'gzip', accepts);
        assert.ok(packed.body.length < plain.body.length / 2);
        assert.deepEqual(JSON.parse(gunzipSync(packed.body).toString()), JSON.parse(plain.body.toString()));
        assert.match(packed.headers['vary'] ?? '', /Accept-Encoding/);
      }
      for (const accepts of ['', 'br', 'gzip;q=0', 'identity'])
        assert.equal((await get(path, { 'Accept-Encoding': accepts })).headers['content-encoding'], undefined, accepts);
      assert.equal((await get('/api/stats', { 'Accept-Encoding': 'gzip' })).headers['content-encoding'], undefined);
    });

    test('to HEAD is the answer to GET without its body', async () => {
      const [head, whole] = [
        await raw(dev, { method: 'HEAD', path: `/api/bag/${parent}` }),
        await get(`/api/bag/${parent}`),
      ];
      assert.deepEqual(
        [head.status, head.body.length, head.headers['etag'], head.headers['content-length']],
        [200, 0, whole.headers['etag'], whole.headers['content-length']],
      );
    });

    test('tells browsers what they may do with it', async () => {
      const { headers } = await get('/');
      for (const name of ['content-security-policy', 'x-content-type-options', 'referrer-policy'])
        assert.ok(name in headers, name);
    });

    test('about health needs no session: alive, and with the database behind it', async () => {
      for (const path of ['/health', '/api/health']) {
        const answer = await raw(here.stranger(), { method: 'GET', path });
        assert.deepEqual([answer.status, JSON.parse(answer.body.toString())], [200, { status: 'healthy' }], path);
      }
    });

    test('comes on one connection for many requests, refused ones among them', async () => {
      const lines = (path: string) =>
        `GET ${path} HTTP/1.1\r\nHost: wire.test\r\nCookie: ${identity(dev)['Cookie']}\r\n\r\n`;
      const paths = ['/api/stats', '/api/bag/NOBODY', '/api/bags?limit=x', '/api/nothing', '/api/bills', '/api/stats'];
      const text = await new Promise<string>((settle, refuse) => {
        let said = '';
        const socket = connect({ host: '127.0.0.1', port: here.server.port }, () =>
          socket.write(paths.map(lines).join('')),
        );
        socket.setEncoding('utf8').on('data', (piece: string) => {
          said += piece;
          if (said.split('HTTP/1.1 ').length - 1 === paths.length && said.endsWith('}')) socket.destroy();
        });
        socket
          .on('close', () => settle(said))
          .on('error', refuse)
          .setTimeout(10_000, () => socket.destroy());
      });
      assert.deepEqual(
        [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1]),
        ['200', '404', '422', '404', '403', '200'],
      );
    });

    test('to what is no HTTP is a refusal, too, and the end of the connection', async () => {
      const post = `Cookie: ${identity(dev)['Cookie']}\r\nX-CSRFToken: ${dev.csrf}\r\nContent-Type: application/json\r\n`;
      const body = JSON.stringify({ id: uuid7(), parent: mustard(), child: child() });
      for (const request of [
        'GET /api/stats HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
        'GET /api/stats HTTP/1.1\r\nHost: a\r\nX-Bad Name: b\r\n\r\n',
        'GET /api/stats HTTP/1.1\r\nHost: a\r\nX-Bad: b\x01c\r\n\r\n',
        `POST /api/scans HTTP/1.1\r\nHost: a\r\n${post}Content-Length: ${body.length}\r\nContent-Length: 3\r\n\r\n${body}`,
        `POST /api/scans HTTP/1.1\r\nHost: a\r\n${post}Content-Length: ${body.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
        `POST /api/scans HTTP/1.1\r\nHost: a\r\n${post}Content-Length: +${body.length}\r\n\r\n${body}`,
        `POST /api/scans HTTP/1.1\r\nHost: a\r\n${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
      ]) {
        const answer = await exchange(here.server.port, Buffer.from(request, 'latin1'));
        assert.equal(answer.status, 400, request);
        // Some of it libmicrohttpd refuses before it is ours, in words of its own.
        if (answer.headers['content-type'] !== undefined) assert.equal(problem(answer).type, '/problems/bad_input');
      }
      await assert.rejects(dev.bags.get(JSON.parse(body).parent));
    });
  });
}
