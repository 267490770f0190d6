/**
 * Samples: for every row of the route table, a request that goes well.
 *
 * The tests of the table need one to know that what they then spoil was good. A new row without a
 * sample fails them; add it to `samples` below.
 */
import { uuid7, type Api } from '../../../web/src/api';
import { billCode, child, counted } from './codes';
import { fine } from './expect';
import { password, type Organisation } from './organisation';
import { quote, sql, sqlValue } from './sql';
import { nameOf, type Route } from './table';
import { fileOf } from './files';

/** Codes of things that are there before the request is made. */
export interface Things {
  parent: string; // holds `child` and one more of 5
  child: string;
  free: string; // a child in no parent
  bill: string; // has `billed` and room for one more
  billed: string;
  session: string; // the id of another session of whoever asks
  id: string; // of what the sample's `prepare` has made
}

export interface Sample {
  /** What stands for a {parameter} where it is not the usual thing. */
  values?: (things: Things) => Record<string, string>;
  query?: (things: Things) => string;
  /** The body; a row that has room for one reads one, and must say here what is a good one. */
  body?: (things: Things, asker: Organisation) => object;
  /** The body is a form with files, not JSON. */
  form?: boolean;
  prepare?: (api: Api, things: Things, asker: Organisation) => Promise<unknown>;
  status: number;
  /** What somebody of another organisation gets: no such thing, or an answer about his own. */
  elsewhere: 'not_found' | 'own';
  /** Ends sessions, so it is asked in a session of its own. */
  endsSessions?: boolean;
}

const own = { elsewhere: 'own' } as const;
const notFound = { elsewhere: 'not_found' } as const;
const reason = () => ({ reason: 'it was counted twice' });
const linkOne = (api: Api, things: Things) => api.scans.add({ id: uuid7(), parent: things.parent, child: child() });
const made = { ...notFound, values: (things: Things) => ({ id: things.id }) };
const unique = () => `n${uuid7().slice(-12)}`;
const email = () => `${unique()}@example.org`;
const family = () => {
  const prefix = `F${uuid7().slice(-9).toUpperCase()}`;
  return { name: unique(), pattern: `^${prefix}\\d{3}$`, example: `${prefix}123`, capacity: 20 };
};

async function create(api: Api, things: Things, path: string, body: object): Promise<void> {
  things.id = String((await fine<{ id: number }>(api, 'POST', path, body)).id);
}

/** A file of one bag. */
function importForm(): FormData {
  const form = new FormData();
  form.append('file', fileOf(`qr_id,type\n${child()},child\n`, 'bags.csv'));
  return form;
}

const makeImport = async (api: Api, things: Things): Promise<void> => {
  things.id = String((await fine<{ id: number }>(api, 'POST', '/api/imports/bags', importForm())).id);
};

/** No job reads it. */
async function makeWaitingImport(_: Api, things: Things, asker: Organisation): Promise<void> {
  things.id = await sqlValue(
    asker.server,
    `INSERT INTO import (org_id, kind, dry_run, user_id) VALUES (${asker.id}, 'bags', false, 1) RETURNING id`,
  );
}

const makeUser = (api: Api, things: Things) =>
  create(api, things, '/api/users', { username: unique(), password, role: 'dispatcher' });

/** Nobody knows its secret. */
async function makeFactor(api: Api, things: Things, asker: Organisation): Promise<void> {
  await makeUser(api, things);
  await sql(
    asker.server,
    `INSERT INTO two_factor (org_id, user_id, secret, confirmed_at) VALUES (${asker.id}, ${things.id}, sha256('') || decode(repeat('00', 16), 'hex'), now())`,
  );
}

const makeArea = (api: Api, things: Things) => create(api, things, '/api/areas', { name: unique() });

/** Each organisation numbers its families from 1 on: this one has a number that no other has. */
async function makeFamily(_: Api, things: Things, asker: Organisation): Promise<void> {
  const { name, pattern, capacity } = family();
  things.id = String(1_000_000 + Math.floor(Math.random() * 1e9));
  const values = [
    asker.id,
    things.id,
    quote(name),
    quote(pattern.slice(1, 11)),
    quote(pattern),
    capacity,
    quote(name.toUpperCase()),
  ];
  await sql(
    asker.server,
    `INSERT INTO bag_family (org_id, id, name, prefix, pattern, capacity, name_key) VALUES (${values.join(', ')})`,
  );
}

async function makeWaiting(api: Api, things: Things, asker: Organisation): Promise<void> {
  const username = unique();
  await fine(asker.stranger(), 'POST', '/api/registrations', { username, email: email(), password });
  things.id = String((await fine<{ items: { id: number }[] }>(api, 'GET', `/api/users?q=${username}`)).items[0]?.id);
}

async function makePromotion(api: Api, things: Things, asker: Organisation): Promise<void> {
  const username = unique();
  await fine(api, 'POST', '/api/users', { username, password, role: 'biller' });
  const biller = asker.stranger();
  await biller.session.signIn({ username, password });
  await create(biller, things, '/api/promotions', reason());
}

async function makeNotice(api: Api, things: Things, asker: Organisation): Promise<void> {
  const { user } = await api.session.get();
  const statement = `INSERT INTO notification (org_id, user_id, title, message) VALUES (${asker.id}, ${user.id}, 'Lorry 7', 'has left') RETURNING id`;
  things.id = await sqlValue(asker.server, statement);
}

async function parkJob(_: Api, things: Things, asker: Organisation): Promise<void> {
  const statement = `INSERT INTO job (org_id, kind, state, ended_at) VALUES (${asker.id}, 'retention', 'parked', now()) RETURNING id`;
  things.id = await sqlValue(asker.server, statement);
}

const finishBill = (api: Api, things: Things) => fine(api, 'POST', `/api/bills/${things.bill}/finish`, reason());

const ticket = { ...notFound, values: (things: Things) => ({ code: things.id }) };

async function makeTicket(api: Api, things: Things): Promise<void> {
  things.id = (await fine<{ code: string }>(api, 'POST', '/api/returns', { location: 'Indore' })).code;
}

async function returnOne(api: Api, things: Things): Promise<void> {
  await makeTicket(api, things);
  await fine(api, 'POST', `/api/returns/${things.id}/bags`, { id: uuid7(), qr: things.billed });
}

export const samples: Record<string, Sample> = {
  'GET /health': { status: 200, ...own },
  'GET /api/health': { status: 200, ...own },
  // The tests' clients come through a proxy, and without the token; areas/health.ts has both.
  'GET /metrics': { status: 403, ...own },

  'GET /api/setup': { status: 200, ...own },
  'POST /api/setup': {
    status: 403,
    ...own,
    body: () => ({ token: 'used-up', username: 'nobody', password: 'a long pass phrase' }),
  },
  'POST /api/session': { status: 200, ...own, body: (_, asker) => ({ username: asker.username('bina'), password }) },
  'GET /api/session': { status: 200, ...own },
  'DELETE /api/session': { status: 204, ...own, endsSessions: true },
  'GET /api/sessions': { status: 200, ...own },
  'DELETE /api/sessions': { status: 204, ...own, endsSessions: true },
  'DELETE /api/sessions/{id}': { status: 204, ...notFound, endsSessions: true },

  'GET /api/features': { status: 200, ...own },
  'POST /api/password/forgotten': { status: 202, ...own, body: () => ({ email: 'nobody@example.com' }) },
  'POST /api/password/reset': {
    status: 403,
    ...own,
    body: () => ({ token: 'used-up', password: 'a long pass phrase' }),
  },
  'GET /api/profile/2fa': { status: 200, ...own },
  'POST /api/profile/2fa': { status: 200, ...own },
  'POST /api/profile/2fa/confirm': {
    status: 422,
    ...own,
    body: () => ({ code: '000000' }),
    prepare: (api) => fine(api, 'POST', '/api/profile/2fa'),
  },
  'DELETE /api/profile/2fa': {
    status: 204,
    ...own,
    body: () => ({ password }),
    prepare: (api) => fine(api, 'POST', '/api/profile/2fa'),
  },
  'GET /api/registrations': { status: 200, ...own },
  'POST /api/registrations': { status: 202, ...own, body: () => ({ username: unique(), email: email(), password }) },
  'GET /api/profile': { status: 200, ...own },
  'PUT /api/profile': { status: 200, ...own, body: () => ({ email: email(), current: password }) },
  'PUT /api/profile/password': { status: 422, ...own, body: () => ({ current: password, password: 'too short' }) },
  'GET /api/notifications': { status: 200, ...own },
  'POST /api/notifications/read-all': { status: 200, ...own },
  'POST /api/notifications/{id}/read': { status: 204, ...made, prepare: makeNotice },
  'DELETE /api/notifications/{id}': { status: 204, ...made, prepare: makeNotice },
  'GET /api/promotions': { status: 200, ...own },
  'POST /api/promotions': { status: 201, ...own, body: reason },
  'POST /api/promotions/{id}/decision': {
    status: 200,
    ...made,
    body: () => ({ approve: false }),
    prepare: makePromotion,
  },

  'GET /api/users': { status: 200, ...own },
  'POST /api/users': {
    status: 201,
    ...own,
    body: () => ({ username: unique(), password, role: 'biller', email: email() }),
  },
  'GET /api/users/{id}': { status: 200, ...made, prepare: makeUser },
  'PATCH /api/users/{id}': { status: 200, ...made, body: () => ({ role: 'biller' }), prepare: makeUser },
  'DELETE /api/users/{id}': { status: 204, ...made, prepare: makeUser },
  'POST /api/users/{id}/approve': { status: 200, ...made, prepare: makeWaiting },
  'POST /api/users/{id}/unlock': { status: 200, ...made, prepare: makeUser },
  'POST /api/users/{id}/sign-out': { status: 200, ...made, prepare: makeUser },
  'DELETE /api/users/{id}/2fa': { status: 204, ...made, prepare: makeFactor },
  'GET /api/users/{id}/activity': { status: 200, ...made, prepare: makeUser },

  'GET /api/areas': { status: 200, ...own },
  'POST /api/areas': { status: 201, ...own, body: () => ({ name: unique() }) },
  'PATCH /api/areas/{id}': { status: 200, ...made, body: () => ({ name: unique() }), prepare: makeArea },
  'DELETE /api/areas/{id}': { status: 204, ...made, prepare: makeArea },
  'GET /api/families': { status: 200, ...own },
  'POST /api/families': { status: 201, ...own, body: family },
  'PATCH /api/families/{id}': { status: 200, ...made, body: () => ({ name: unique() }), prepare: makeFamily },
  'DELETE /api/families/{id}': { status: 204, ...made, prepare: makeFamily },

  'POST /api/scans': {
    status: 201,
    ...own,
    body: (things) => ({ id: uuid7(), parent: things.parent, child: child() }),
  },
  'POST /api/scans/batch': {
    status: 200,
    ...own,
    body: (things) => ({ scans: [{ id: uuid7(), parent: things.parent, child: child() }] }),
  },
  'POST /api/scans/undo': { status: 200, ...notFound, body: (things) => ({ parent: things.parent }), prepare: linkOne },
  'POST /api/unlink_child': {
    status: 200,
    ...notFound,
    body: (things) => ({ parent: things.parent }),
    prepare: linkOne,
  },
  'GET /api/scans': { status: 200, ...own },

  'POST /api/parents': { status: 200, ...own, body: (things) => ({ id: uuid7(), qr: things.parent }) },
  'POST /api/parents/{qr}/finish': { status: 200, ...notFound },
  'POST /api/parents/{qr}/reopen': { status: 200, ...notFound, body: reason },
  'PUT /api/parents/{qr}/children': {
    status: 200,
    ...notFound,
    body: (things) => ({ children: [things.child, things.free] }),
  },
  'DELETE /api/parents/{qr}/children/{child}': { status: 200, ...notFound, body: reason },

  'GET /api/bag/{qr}': { status: 200, ...notFound },
  'GET /api/bag/{qr}/history': { status: 200, ...notFound },
  'GET /api/bags': { status: 200, ...own },
  'POST /api/bags': { status: 201, ...own, body: () => ({ qr: child() }) },
  'DELETE /api/bags/{qr}': { status: 204, ...notFound, values: (things) => ({ qr: things.free }) },
  'GET /api/search': { status: 200, ...own, query: (things) => `q=${things.parent}` },

  'GET /api/bills': { status: 200, ...own },
  'POST /api/bills': { status: 201, ...own, body: () => ({ code: billCode(), capacity: 3, description: 'Lorry 7' }) },
  'GET /api/bills/{code}': { status: 200, ...notFound },
  'PATCH /api/bills/{code}': { status: 200, ...notFound, body: () => ({ description: 'Lorry 8' }) },
  'DELETE /api/bills/{code}': { status: 200, ...notFound },
  'POST /api/bills/{code}/bags': { status: 201, ...notFound, body: (things) => ({ id: uuid7(), qr: things.parent }) },
  'GET /api/bills/{code}/bags': { status: 200, ...notFound },
  'DELETE /api/bills/{code}/bags/{qr}': { status: 200, ...notFound, values: (things) => ({ qr: things.billed }) },
  'POST /api/bills/{code}/finish': { status: 200, ...notFound, body: reason },
  'POST /api/bills/{code}/reopen': { status: 200, ...notFound, body: reason, prepare: finishBill },
  'GET /api/bills/{code}/events': { status: 200, ...notFound },

  'GET /api/returns': { status: 200, ...own },
  'POST /api/returns': { status: 201, ...own, body: () => ({ location: 'Indore', notes: 'Lorry 7' }) },
  'GET /api/returns/{code}': { status: 200, ...ticket, prepare: makeTicket },
  'PATCH /api/returns/{code}': { status: 200, ...ticket, prepare: makeTicket, body: () => ({ location: 'Bhopal' }) },
  'POST /api/returns/{code}/bags': {
    status: 201,
    ...ticket,
    prepare: makeTicket,
    body: (things) => ({ id: uuid7(), qr: things.billed }),
  },
  'GET /api/returns/{code}/bags': { status: 200, ...ticket, prepare: makeTicket },
  'DELETE /api/returns/{code}/bags/{qr}': {
    status: 200,
    ...notFound,
    values: (things) => ({ code: things.id, qr: things.billed }),
    prepare: returnOne,
  },
  'POST /api/returns/{code}/commit': { status: 200, ...ticket, prepare: returnOne },
  'POST /api/returns/{code}/cancel': { status: 200, ...ticket, prepare: returnOne },

  'GET /api/eod': { status: 200, ...own },
  'POST /api/eod/send': { status: 204, ...own, body: () => ({ day: '2026-11-21' }) },
  'GET /api/settings': { status: 200, ...own },
  'PUT /api/settings': {
    status: 200,
    ...own,
    body: () => ({
      time_zone: 'Asia/Kolkata',
      eod_hour: 20,
      session_idle_seconds: 1800,
      session_absolute_seconds: 3600,
      registration: true,
      require_2fa_admin: false,
      audit_anonymise: true,
    }),
  },
  'GET /api/jobs': { status: 200, ...own },
  'POST /api/jobs/{id}/run': { status: 204, ...made, prepare: parkJob },

  'GET /api/imports': { status: 200, ...own },
  'POST /api/imports/bags': { status: 202, ...own, form: true, body: importForm },
  'POST /api/imports/children': { status: 202, ...own, form: true, body: importForm },
  'POST /api/imports/bill-bags': { status: 202, ...own, form: true, body: importForm },
  'POST /api/imports/bills': { status: 202, ...own, form: true, body: importForm },
  'GET /api/imports/{id}': { status: 200, ...made, prepare: makeImport },
  'GET /api/imports/{id}/rows': { status: 200, ...made, prepare: makeImport },
  'GET /api/imports/{id}/result.xlsx': { status: 200, ...made, prepare: makeImport },
  'GET /api/imports/{id}/refused.xlsx': { status: 200, ...made, prepare: makeImport },
  'POST /api/imports/{id}/cancel': { status: 204, ...made, prepare: makeWaitingImport },

  'GET /api/labels': { status: 200, ...own },
  'POST /api/labels': {
    status: 200,
    ...own,
    body: (things) => ({ paper: 'a4_24', format: 'pdf', codes: [things.parent] }),
  },
  'GET /api/qr': { status: 200, ...own, query: () => 'text=BILL-7' },
  'GET /api/labels/next': { status: 200, ...own, query: () => 'family=mustard' },

  'GET /api/pool_health': { status: 200, ...own },
  'GET /api/system_health': { status: 200, ...own },
  'GET /api/slow_queries': { status: 200, ...own },

  'GET /api/audit': { status: 200, ...own },
  'GET /api/audit/verify': { status: 200, ...own },
  'GET /api/exports/{file}': { status: 200, ...own, values: () => ({ file: 'audit.csv' }) },

  'GET /api/stats': { status: 200, ...own },
  'GET /api/stats/stream': { status: 200, ...own },
  'GET /api/totals': { status: 200, ...own },
  'GET /api/activity': { status: 200, ...own },
  'GET /api/stats/activity': { status: 200, ...own },
};

export function sampleOf(route: Route): Sample {
  const sample = samples[nameOf(route)];
  if (sample === undefined) {
    throw new Error(
      `${nameOf(route)} is new: give it a sample in tests/api/support/samples.ts -- the status of a good answer, a body if it ` +
        'reads one, and whether another organisation finds nothing (elsewhere: not_found) or its own (elsewhere: own)',
    );
  }
  return sample;
}

/** What stands for each {parameter}. */
export function valuesOf(route: Route, things: Things): Record<string, string> {
  return {
    qr: things.parent,
    child: things.child,
    code: things.bill,
    id: things.session,
    ...sampleOf(route).values?.(things),
  };
}

export function pathOf(route: Route, things: Things): string {
  const sample = sampleOf(route);
  const values = valuesOf(route, things);
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new Error(`${nameOf(route)}: say in tests/api/support/samples.ts what stands for {${name}}`);
    return encodeURIComponent(value);
  });
  const query = sample.query?.(things);
  return query === undefined ? path : `${path}?${query}`;
}

export function newThings(): Things {
  return {
    parent: counted(5),
    child: child(),
    free: child(),
    bill: billCode(),
    billed: counted(2),
    session: '0',
    id: '0',
  };
}

/** Make the things, as this client. */
export async function make(api: Api, things: Things): Promise<void> {
  const scans = [
    { id: uuid7(), parent: things.parent, child: child() },
    { id: uuid7(), parent: things.parent, child: things.child },
    { id: uuid7(), parent: things.billed, child: child() },
  ];
  await Promise.all([
    api.scans.batch(scans),
    fine(api, 'POST', '/api/bags', { qr: things.free }),
    fine(api, 'POST', '/api/bills', { code: things.bill, capacity: 2 }),
  ]);
  await fine(api, 'POST', `/api/bills/${things.bill}/bags`, { id: uuid7(), qr: things.billed });
}
