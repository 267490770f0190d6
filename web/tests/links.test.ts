import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { routes } from '../src/shell/routes';

const server = join(process.cwd(), '..', 'src');

/** Every page that the server sends somebody to: in its mail, and in its notices. */
function links(): string[] {
  const words = readFileSync(join(server, 'base', 'words.def'), 'utf8');
  const notices = [...words.matchAll(/^NOTICE\([^;]*?, "(\/[^"]*)",/gm)].map(([, link = '']) => link);
  const mail = readFileSync(join(server, 'mail', 'template.def'), 'utf8');
  return [...notices, ...[...mail.matchAll(/\{base_url\}(\/[^\\"]*)/g)].map(([, link = '']) => link)];
}

test('every page that the server sends people to is a screen', () => {
  const found = links();
  assert.ok(found.length >= 10, found.join(' '));
  for (const link of found) {
    const path = link.replace(/[?#].*/, '').replace(/\{\w+\}/g, 'x');
    const screen = routes.find((route) => new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`).test(path));
    assert.ok(screen !== undefined, link);
  }
});
