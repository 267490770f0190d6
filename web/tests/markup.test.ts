import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(process.cwd(), 'src');

/** Every file of the screens, by its path. */
function sources(folder = root): [string, string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(svelte|ts)$/.test(path) ? [[path.slice(root.length + 1), readFileSync(path, 'utf8')]] : [];
  });
}

test('no screen makes markup or code of a text', () => {
  const all = sources();
  assert.ok(all.length > 80, `${all.length} files`);
  const dangerous =
    /\{@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(|javascript:/;
  assert.deepEqual(
    all.filter(([, text]) => dangerous.test(text)).map(([path]) => path),
    [],
  );
});

test('every field for a password hides what is typed, and lets browsers fill it and people paste', () => {
  const fields = sources().flatMap(([path, text]) =>
    [...text.matchAll(/<Field\b[^]*?\/>/g)].map(([tag]) => ({ path, tag, text })),
  );
  const secret = fields.filter(({ tag }) => /\bname="(password|current|again)"/.test(tag));
  assert.ok(secret.length >= 6, `${secret.length} fields`);
  for (const { path, tag, text } of secret) {
    assert.match(tag, /\btype="password"/, `${path}: ${tag}`);
    assert.match(tag, /\bautocomplete="(current|new)-password"/, `${path}: ${tag}`);
    assert.doesNotMatch(text, /paste/, path);
  }
});
