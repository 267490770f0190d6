/**
 * Routes: what holds for every row of the route table, whatever it does.
 *
 * A row that is added tomorrow is tested that day: it only has to be given a sample, a request that
 * goes well (support/samples.ts).
 */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { problemOf, type Api } from '../../../web/src/api';
import { isRefusal } from '../support/expect';
import { conforms } from '../support/openapi';
import { anotherSession, leaver, Organisation, somebody } from '../support/organisation';
import { identity, problem, raw, type RawAnswer } from '../support/raw';
import { make, newThings, pathOf, sampleOf, samples, type Things } from '../support/samples';
import type { Server } from '../support/server';
import { sharedServer } from '../support/shared';
import { fingerprint } from '../support/sql';
import { holdersOf, isOpen, isUnsafe, nameOf, roles, routes, type Route } from '../support/table';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

export function routeTable(): void {
  describe('every route', () => {
    let server: Server;
    let organisation: Organisation;
    let admin: Api;
    let things: Things;

    before(async () => {
      server = await sharedServer();
      organisation = await Organisation.first(server);
      admin = await organisation.as('ada');
      things = newThings();
      await make(admin, things);
      await Promise.all(roles.map((role) => organisation.as(somebody[role])));
    });

    const json = { 'Content-Type': 'application/json' };

    const bodyOf = (route: Route) => sampleOf(route).body?.(things, organisation);

    const withQuery = (path: string, query = '') =>
      query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;

    /** As raw bytes, so that a body can be anything. */
    function send(
      route: Route,
      api: Api,
      change: { headers?: Record<string, string>; body?: string | Buffer; query?: string } = {},
    ): Promise<RawAnswer> {
      const body =
        change.body ?? (isUnsafe(route) && bodyOf(route) !== undefined ? JSON.stringify(bodyOf(route)) : undefined);
      return raw(api, {
        method: route.method,
        path: withQuery(pathOf(route, things), change.query),
        headers: { Host: '127.0.0.1', ...(body === undefined ? {} : json), ...change.headers },
        ...(body === undefined ? {} : { body }),
      });
    }

    function isProblem(answer: RawAnswer, status: number, slug: string, why: string): void {
      const said = problem(answer);
      assert.deepEqual(
        [answer.status, said.status, said.type],
        [status, status, `/problems/${slug}`],
        `${why}: ${JSON.stringify(said)}`,
      );
      assert.equal(said.request_id, answer.headers['x-request-id'], why);
      assert.equal(answer.headers['cache-control'], 'no-store', why);
    }

    /** Somebody who may; an administrator where that is one. */
    const fit = (route: Route) => organisation.as(somebody[holdersOf(route)[0] ?? 'admin']);

    async function changesNothing(deed: () => Promise<void>): Promise<void> {
      const rows = await fingerprint(server);
      await deed();
      assert.deepEqual(await fingerprint(server), rows);
    }

    test('has a sample, and no sample is of a route that is gone', () => {
      for (const route of routes) sampleOf(route);
      assert.deepEqual(
        Object.keys(samples).filter((name) => !routes.some((route) => nameOf(route) === name)),
        [],
      );
    });

    test('asks whoever is signed out to sign in, unless it is open to all', () =>
      changesNothing(async () => {
        const stranger = organisation.stranger();
        for (const route of routes.filter((each) => !isOpen(each)))
          isProblem(await send(route, stranger), 401, 'signed_out', nameOf(route));
      }));

    test('takes a forged or a mutilated cookie for no cookie at all', () =>
      changesNothing(async () => {
        const cookie = identity(admin)['Cookie'] ?? '';
        const forged = [
          cookie.slice(0, -1) + (cookie.endsWith('0') ? '1' : '0'),
          cookie.slice(0, -10),
          cookie.replace('=1.', '=2.'),
          `${cookie}00`,
        ];
        for (const route of routes.filter((each) => !isOpen(each))) {
          for (const Cookie of forged)
            isProblem(
              await send(route, admin, { headers: { Cookie } }),
              401,
              'signed_out',
              `${nameOf(route)} ${Cookie}`,
            );
        }
      }));

    test('is forbidden to every role without the permission', () =>
      changesNothing(async () => {
        for (const route of routes) {
          for (const role of roles.filter((each) => !holdersOf(route).includes(each))) {
            isProblem(
              await send(route, await organisation.as(somebody[role])),
              403,
              'forbidden',
              `${nameOf(route)} as ${role}`,
            );
          }
        }
      }));

    test('changes nothing without the CSRF token of this very session', () =>
      changesNothing(async () => {
        const others = (await organisation.as('bina')).csrf;
        for (const route of routes.filter((each) => isUnsafe(each) && !isOpen(each))) {
          for (const token of ['', 'x', others, `${admin.csrf}0`]) {
            isProblem(
              await send(route, admin, { headers: { 'X-CSRFToken': token } }),
              403,
              'csrf',
              `${nameOf(route)} with "${token}"`,
            );
          }
        }
      }));

    test('refuses what another site makes a browser send', () =>
      changesNothing(async () => {
        const headers = { 'Sec-Fetch-Site': 'cross-site' };
        for (const route of routes.filter(isUnsafe))
          isProblem(await send(route, admin, { headers }), 403, 'csrf', nameOf(route));
      }));

    test('refuses a query parameter that it does not know, and one that comes twice, by name', () =>
      changesNothing(async () => {
        for (const route of routes) {
          const twice = route.query.map((name) => [`${name}=1&${name}=2`, name]);
          for (const [query = '', name] of [
            ['foo=1', 'foo'],
            ['foo', 'foo'],
            ['%66oo=', 'foo'],
            ['Limit=1', 'Limit'],
            ['=1', ''],
            ...twice,
          ]) {
            const answer = await send(route, await fit(route), { query });
            const why = `${nameOf(route)}?${query}`;
            isProblem(answer, 422, 'bad_fields', why);
            assert.deepEqual(
              problem(answer).errors?.map((error) => error.field),
              [name],
              why,
            );
          }
        }
      }));

    test('refuses a body above its limit, announced or in chunks', () =>
      changesNothing(async () => {
        for (const route of routes.filter(isUnsafe)) {
          const body = Buffer.alloc(route.body_max + 1, ' ');
          isProblem(await send(route, await fit(route), { body }), 413, 'too_large', nameOf(route));

          const chunk = Buffer.concat([
            Buffer.from(`${body.length.toString(16)}\r\n`),
            body,
            Buffer.from('\r\n0\r\n\r\n'),
          ]);
          const chunked = await send(route, await fit(route), {
            headers: { 'Transfer-Encoding': 'chunked' },
            body: chunk,
          });
          isProblem(chunked, 413, 'too_large', `${nameOf(route)} in chunks`);
        }
      }));

    test('that reads no body takes an empty object for none', () =>
      changesNothing(async () => {
        const gone = newThings();
        for (const route of routes.filter((each) => isUnsafe(each) && each.body_max === 0 && each.path.includes('{'))) {
          const answer = await raw(await fit(route), {
            method: route.method,
            path: pathOf(route, gone),
            headers: { Host: '127.0.0.1', ...json },
            body: '{}',
          });
          assert.notEqual(answer.status, 413, nameOf(route));
        }
      }));

    const readers = () => routes.filter((route) => route.body_max > 0 && sampleOf(route).form !== true);

    test('has a body in its sample where it has room for one, and nowhere else', () => {
      for (const route of routes) assert.equal(sampleOf(route).body !== undefined, route.body_max > 0, nameOf(route));
    });

    test('that reads a form takes multipart/form-data and nothing else', () =>
      changesNothing(async () => {
        for (const route of routes.filter((each) => sampleOf(each).form === true)) {
          for (const type of ['application/json', 'multipart/mixed; boundary=x', ''])
            isProblem(
              await send(route, await fit(route), { body: 'x', headers: { 'Content-Type': type } }),
              415,
              'bad_type',
              `${nameOf(route)} as "${type}"`,
            );
        }
      }));

    test('that reads a body says so when the body is not JSON, or no JSON object', () =>
      changesNothing(async () => {
        for (const route of readers()) {
          for (const body of [
            '{',
            '{"a":1,}',
            '[]',
            '"text"',
            '17',
            'null',
            '{"a":1}{"a":1}',
            '{"a":1,"a":2}',
            '{"a":"\u00ff\ufffd',
            "{'a':1}",
          ]) {
            isProblem(await send(route, await fit(route), { body }), 400, 'bad_input', `${nameOf(route)} with ${body}`);
          }
          isProblem(
            await send(route, await fit(route), { body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) }),
            400,
            'bad_input',
            `${nameOf(route)} with bytes that are not UTF-8`,
          );
          isProblem(
            await send(route, await fit(route), { body: '', headers: json }),
            400,
            'bad_input',
            `${nameOf(route)} without a body`,
          );
        }
      }));

    test('that reads a body takes application/json and nothing else', () =>
      changesNothing(async () => {
        for (const route of readers()) {
          for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', '']) {
            isProblem(
              await send(route, await fit(route), { headers: { 'Content-Type': type } }),
              415,
              'bad_type',
              `${nameOf(route)} as "${type}"`,
            );
          }
          isProblem(
            await send(route, await fit(route), { headers: { 'Content-Encoding': 'gzip' } }),
            415,
            'bad_type',
            `${nameOf(route)} packed`,
          );
        }
      }));

    test('that reads a body names each field that it does not know', () =>
      changesNothing(async () => {
        for (const route of readers()) {
          const answer = await send(route, await fit(route), {
            body: JSON.stringify({ ...bodyOf(route), surprise: 1 }),
          });
          isProblem(answer, 422, 'bad_fields', nameOf(route));
          assert.deepEqual(
            problem(answer).errors,
            [{ field: 'surprise', reason: 'unknown_field', params: {}, message: 'is not known here' }],
            nameOf(route),
          );
        }
      }));

    test('names each field of a wrong type', () =>
      changesNothing(async () => {
        for (const route of readers()) {
          const spoilt = Object.fromEntries(Object.keys(bodyOf(route) ?? {}).map((name) => [name, { deep: [1.5] }]));
          const answer = await send(route, await fit(route), { body: JSON.stringify(spoilt) });
          isProblem(answer, 422, 'bad_fields', nameOf(route));
          for (const name of Object.keys(spoilt))
            assert.ok(
              problem(answer).errors?.some((error) => error.field === name),
              `${nameOf(route)}: ${name}`,
            );
        }
      }));

    /** Whether the path is one of this pattern's, too: "/a/all" is, of "/a/{id}". */
    const isAlso = (pattern: string, path: string) =>
      new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);

    test('answers a method that it has not with 405 and the ones that it has', () =>
      changesNothing(async () => {
        for (const path of new Set(routes.map((route) => route.path))) {
          const here = routes.filter((route) => isAlso(route.path, path));
          const has = new Set<string>([
            ...here.map((route) => route.method),
            'OPTIONS',
            ...(here.some((route) => route.method === 'GET') ? ['HEAD'] : []),
          ]);
          const at = pathOf(here.find((route) => route.path === path) as Route, things);
          for (const method of [...methods.filter((each) => !has.has(each)), 'BREW', 'TRACE']) {
            const answer = await raw(admin, { method, path: at });
            isProblem(answer, 405, 'bad_method', `${method} ${path}`);
            assert.deepEqual(new Set(answer.headers['allow']?.split(', ')), has, `${method} ${path}`);
          }
          const options = await raw(admin, { method: 'OPTIONS', path: at });
          assert.deepEqual([options.status, new Set(options.headers['allow']?.split(', '))], [204, has], path);
        }
      }));

    test('does not exist beside its path', () =>
      changesNothing(async () => {
        for (const route of routes.filter((each) => each.path.startsWith('/api/'))) {
          for (const path of [
            `${route.path}/`,
            `${route.path}/more/and/more`,
            route.path.toUpperCase(),
            `/${route.path}`,
            `${route.path}%00`,
          ]) {
            const reply = await raw(admin, { method: route.method, path: encodeURI(path).replace('%2500', '%00') });
            assert.ok(reply.status === 404 || reply.status === 400 || reply.status === 405, `${path}: ${reply.status}`);
            problem(reply);
          }
        }
      }));

    for (const route of routes) {
      test(`${nameOf(route)} answers its sample to each role that may`, async () => {
        const sample = sampleOf(route);
        // Signing in costs a good part of a second, so who leaves is of one role only.
        const askers = isOpen(route) || sample.endsSessions === true ? (['dispatcher'] as const) : holdersOf(route);
        for (const role of askers) {
          const api = isOpen(route)
            ? organisation.stranger()
            : await (sample.endsSessions === true
                ? organisation.signIn(leaver[role])
                : organisation.as(somebody[role]));
          const mine = newThings();
          await make(admin, mine);
          await sample.prepare?.(api, mine, organisation);
          if (route.path.includes('{id}')) mine.session = await anotherSession(organisation, api, leaver[role]);
          await answersWell(route, api, mine, sample.status);
        }
      });
    }

    async function answersWell(route: Route, api: Api, mine: Things, status: number): Promise<void> {
      const path = pathOf(route, mine);
      if (route.runs === 'feed') {
        const stop = new AbortController();
        const answer = await api.send(route.method, path, undefined, { signal: stop.signal });
        stop.abort();
        assert.equal(answer.status, status);
        return;
      }
      const reply = await api.call(route.method, path, sampleOf(route).body?.(mine, organisation));
      assert.equal(reply.status, status, `${path}: ${JSON.stringify(reply.body)}`);
      assert.equal(problemOf(reply) !== null, status >= 400);
      if (status >= 400) isRefusal(reply, status);
      conforms(route.method, route.path, status, reply.headers.get('Content-Type') ?? '', reply.body);
    }
  });
}
