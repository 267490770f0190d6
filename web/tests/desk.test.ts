import './page';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { families } from '../../tests/data/families.json';
import { learnFamilies } from '../src/state/families';
import { sound } from '../src/state/feedback.svelte';
import { follow, sender, tray } from '../src/state/outbox.svelte';
import { enter } from '../src/state/session.svelte';
import { PackDesk } from '../src/pages/scan/desk.svelte';

/** A warehouse of two rules: a child is in one parent, a parent holds its capacity. */
class Warehouse {
  up = true;
  readonly children = new Map<string, string>();
  readonly sent: string[] = [];

  answer(
    path: string,
    body: { qr?: string; parent?: string; child?: string; scans?: { id: string; parent: string; child: string }[] },
  ): Response {
    if (!this.up) throw new TypeError('fetch failed');
    if (path === '/api/families') return json(200, { items: families, next: null });
    if (path === '/api/parents') return this.open(body.qr ?? '');
    if (path === '/api/scans/batch') {
      const results = (body.scans ?? []).map((scan) => ({ id: scan.id, ...this.scan(scan.parent, scan.child) }));
      return json(200, { results });
    }
    if (path !== '/api/scans') return problem(404, { verdict: undefined });
    const told = this.scan(body.parent ?? '', body.child ?? '');
    return told.status === 201 ? json(201, told) : problem(told.status, told);
  }

  parent(qr: string) {
    const child_count = [...this.children.values()].filter((into) => into === qr).length;
    const capacity = qr.startsWith('P') ? Number(qr.split('-')[1]) : 30;
    return {
      qr,
      child_count,
      capacity,
      status: child_count >= capacity ? 'completed' : 'in_progress',
      family: 'mustard',
    };
  }

  private open(qr: string): Response {
    if (!/^(SB|P)/.test(qr)) return problem(422, { verdict: 'not_a_parent' });
    return json(200, {
      ...this.parent(qr),
      kind: 'parent',
      children: [...this.children].filter(([, into]) => into === qr).map(([child]) => child),
    });
  }

  private scan(parent: string, child: string) {
    this.sent.push(`${child}>${parent}`);
    const where = this.children.get(child);
    const tell = (status: number, verdict: string) => ({
      status,
      verdict,
      parent: this.parent(parent),
      child,
      ...(where !== undefined && { where }),
    });
    if (/^SB\d{5}$/.test(child)) return tell(409, 'is_parent');
    if (where !== undefined) return tell(409, where === parent ? 'already_here' : 'elsewhere');
    if (this.parent(parent).child_count >= this.parent(parent).capacity) return tell(409, 'full');
    this.children.set(child, parent);
    return tell(201, 'linked');
  }
}

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json' },
  });
const problem = (status: number, more: object) =>
  json(status, { type: '/problems/refused', title: 'Refused', ...more, status });
const soon = (milliseconds = 60) => new Promise((resolve) => setTimeout(resolve, milliseconds));

let house = new Warehouse();
let desk = new PackDesk();
let stop = () => undefined as void;

beforeEach(async () => {
  house = new Warehouse();
  globalThis.fetch = async (url, init) =>
    house.answer(String(url), init?.body == null ? {} : JSON.parse(String(init.body)));
  sound.on = false;
  enter({
    user: { id: Math.random(), username: 'asha', role: 'dispatcher', area: null },
    csrf: 'x',
    idle_seconds: 1,
    absolute_seconds: 1,
  });
  await learnFamilies();
  await follow(sender(), true);
  stop();
  desk.flash.stop();
  desk = new PackDesk();
  stop = desk.sending.listen();
  await soon();
});

test.after(() => {
  stop();
  desk.flash.stop();
  setTimeout(() => process.exit(), 50).unref(); // the outbox goes on trying for as long as its page lives
});

async function scan(...codes: string[]): Promise<void> {
  for (const code of codes) desk.scan(code);
  await soon();
}

test('the first code opens a parent, those after it go in', async () => {
  await scan('SB00001', 'KID1', 'KID2', 'KID3');
  assert.deepEqual([desk.parent?.qr, desk.parent?.child_count, desk.sending.waiting.size], ['SB00001', 3, 0]);
  assert.deepEqual(desk.children, ['KID3', 'KID2', 'KID1']);
  assert.equal(desk.flash.now?.tone, 'linked');
});

test('a refusal stays on the screen until the next scan, and good news from before does not cover it', async () => {
  house.children.set('OTHER', 'SB00009');
  await scan('SB00001', 'OTHER', 'KID1');
  assert.deepEqual([desk.flash.now?.word, desk.flash.now?.detail], ['In another bag', 'OTHER is in SB00009']);
  assert.equal(tray.refused.length, 1);
  await scan('KID2');
  assert.equal(desk.flash.now?.tone, 'linked');
  assert.equal(tray.refused.length, 0, 'seen and scanned past: dealt with');
});

test('a parent’s code is offered, not silently opened; scanning it again opens it', async () => {
  await scan('SB00001', 'SB00002');
  assert.deepEqual([desk.parent?.qr, desk.flash.now?.offer], ['SB00001', 'SB00002']);
  await scan('SB00002', 'KID1');
  assert.deepEqual([desk.parent?.qr, house.children.get('KID1')], ['SB00002', 'SB00002']);
});

test('the last child celebrates, and the next code is the next parent', async () => {
  await scan('P1-2', 'KID1');
  await scan('KID2');
  assert.deepEqual([desk.celebrating, desk.flash.now?.tone, desk.flash.now?.word], [true, 'done', '2 of 2']);
  await scan('SB00002', 'KID3');
  assert.deepEqual([desk.celebrating, desk.parent?.qr, house.children.get('KID3')], [false, 'SB00002', 'SB00002']);
});

test('a hurried hand scans the next parent before the last verdict', async () => {
  await scan('P1-2');
  await scan('KID1', 'KID2', 'SB00002', 'KID3');
  assert.deepEqual([desk.parent?.qr, house.children.get('KID3')], ['SB00002', 'SB00002']);
});

test('without a network scans are kept under their parent, and a parent is never queued as a child', async () => {
  await scan('SB00001', 'KID1');
  house.up = false;
  await scan('KID2');
  assert.deepEqual([desk.flash.now?.tone, tray.line, tray.waiting], ['kept', 'offline', 1]);
  await scan('SB00002');
  assert.equal(desk.flash.now?.offer, 'SB00002');
  await scan('SB00002', 'KID3');
  assert.deepEqual([desk.parent?.qr, desk.parent?.known, tray.waiting], ['SB00002', false, 2]);
  house.up = true;
  dispatch();
  await soon(120);
  assert.deepEqual([house.children.get('KID2'), house.children.get('KID3'), tray.waiting], ['SB00001', 'SB00002', 0]);
  assert.ok(!house.sent.some((sent) => sent.startsWith('SB')));
});

test('a refusal that comes late waits in the tray', async () => {
  house.children.set('OTHER', 'SB00009');
  await scan('SB00001', 'KID1');
  house.up = false;
  await scan('OTHER');
  house.up = true;
  dispatch();
  await soon(120);
  assert.equal(tray.refused[0]?.scan.code, 'OTHER');
  assert.notEqual(desk.flash.now?.tone, 'refused');
});

test('what is no parent opens nothing', async () => {
  await scan('KID1');
  assert.deepEqual([desk.parent, desk.flash.now?.word], [null, 'Not a parent']);
});

test('the open parent’s own label is no child', async () => {
  await scan('SB00001');
  await scan('SB00001');
  assert.match(desk.note, /the parent you are filling/);
  assert.deepEqual(house.sent, []);
});

function dispatch(): void {
  document.dispatchEvent(new Event('visibilitychange'));
}
