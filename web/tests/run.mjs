// Bundles the tests with esbuild and hands them to Node's own runner: the same on Node 18 and later.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compileModule } from 'svelte/compiler';
import { readFile } from 'node:fs/promises';
import { transform } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'node_modules', '.cache', 'tests');
const wanted = process.argv.slice(2);
const tests = readdirSync(here).filter(
  (name) => name.endsWith('.test.ts') && (wanted.length === 0 || wanted.some((part) => name.includes(part))),
);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  entryPoints: tests.map((name) => join(here, name)),
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node18',
  sourcemap: 'inline',
  conditions: ['browser'],
  define: { 'import.meta.env.PROD': 'false' },
  plugins: [{ name: 'runes', setup: runes }],
  logLevel: 'error',
});
const files = tests.map((name) => join(out, name.replace(/\.ts$/, '.mjs')));
const run = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...files], {
  stdio: 'inherit',
  timeout: 120_000,
});
process.exit(run.status ?? 1);

/** Modules with runes need Svelte's compiler; screens themselves are not tested here. */
function runes(builder) {
  builder.onLoad({ filter: /\.svelte\.ts$/ }, async ({ path }) => {
    const source = await transform(await readFile(path, 'utf8'), {
      loader: 'ts',
      target: 'es2022',
      tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    });
    return { contents: compileModule(source.code, { filename: path, generate: 'client' }).js.code, loader: 'js' };
  });
  builder.onLoad({ filter: /\.svelte$/ }, () => ({ contents: 'export default {};', loader: 'js' }));
}
