import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const dist = join(process.cwd(), 'dist');
const budget = 60 * 1024;
const skip = existsSync(join(dist, 'index.html')) ? false : 'run "npm run build" first';

const read = (path: string) => readFileSync(join(dist, path), 'utf8');

/** Everything this file pulls in before it can run. */
function withImports(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const [, name] of read(path).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
    withImports(`assets/${name}`, found);
  return found;
}

function asset(pattern: RegExp): string {
  const name = readdirSync(join(dist, 'assets')).find((file) => pattern.test(file));
  assert.ok(name, `no file like ${pattern}`);
  return `assets/${name}`;
}

/** The styles that the entry asks for together with a screen. */
function styles(entry: string, screen: string): string[] {
  const names = JSON.parse(/__vite__mapDeps=.*?(\[[^\]]*\])/.exec(read(entry))?.[1] ?? '[]') as string[];
  const call = new RegExp(
    `import\\("\\./${screen.replace('assets/', '')}"\\).*?__vite__mapDeps\\(\\[([\\d,]*)\\]`,
  ).exec(read(entry));
  return (call?.[1] ?? '').split(',').flatMap((i) => names[Number(i)] ?? []);
}

test('the first load of the scan screen is at most 60 KB', { skip }, () => {
  const [, entry = ''] = /<script[^>]+src="\/([^"]+)"/.exec(read('index.html')) ?? [];
  const screen = asset(/^Scan-.*\.js$/);
  const sheets = Array.from(
    read('index.html').matchAll(/<link[^>]+href="\/(assets\/[^"]+)"/g),
    ([, path = '']) => path,
  );
  const files = new Set([
    'index.html',
    ...sheets,
    ...withImports(entry),
    ...withImports(screen),
    ...styles(entry, screen),
  ]);
  const sizes = Array.from(files, (path) => [path, gzipSync(read(path), { level: 9 }).length] as const);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  console.log(
    `${(total / 1024).toFixed(1)} KB gzip in ${files.size} files: ${sizes.map(([path, size]) => `${path} ${size}`).join(', ')}`,
  );
  assert.ok(files.size >= 4, 'the screen and its parts were found');
  assert.ok(total <= budget, `${total} bytes`);
});

test('index.html fits the strict content policy', { skip }, () => {
  const html = read('index.html');
  assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/);
  assert.doesNotMatch(html, /\sstyle=|\son\w+=|data:/);
});
