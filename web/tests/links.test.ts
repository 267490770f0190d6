import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { routes } from '../src/app/routes';

const server = join(process.cwd(), '..', 'src');

/** Every page that the server sends somebody to: in its mail, and in its notices. */
function links(): string[] {
  const sources = readdirSync(server, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.c'));
  const texts = sources.map((name) => readFileSync(join(server, name), 'utf8'));
  const notices = texts.flatMap((text) => [...text.matchAll(/notice_send(?:_admins)?\([^;]*?"(\/[^"]*)"\)/g)].map(([, link = '']) => link));
  const mail = readFileSync(join(server, 'mail', 'template.def'), 'utf8');
  return [...notices, ...[...mail.matchAll(/\{base_url\}(\/[^\\"]*)/g)].map(([, link = '']) => link)];
}

test('every page that the server sends people to is a screen', () => {
  const found = links();
  assert.ok(found.length >= 8, found.join(' '));
  for (const link of found) {
    const path = link.replace(/[?#].*/, '').replace(/\{\w+\}/g, 'x');
    const screen = routes.find((route) => new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`).test(path));
    assert.ok(screen !== undefined, link);
  }
});
