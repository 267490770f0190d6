import { createHash } from 'node:crypto';
import { build } from 'esbuild';
import type { Plugin } from 'vite';

/** Builds /sw.js last, because it has to know the names of all the other files. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const files = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css)$/.test(name));
      const hash = createHash('sha256');
      for (const name of files.sort()) hash.update(name);
      const index = bundle['index.html'];
      if (index?.type === 'asset') hash.update(index.source);

      const built = await build({
        entryPoints: ['src/sw/sw.ts'],
        bundle: true,
        minify: true,
        write: false,
        format: 'iife',
        target: 'es2020',
        define: {
          SHELL_FILES: JSON.stringify(['/', ...files.map((name) => `/${name}`)]),
          SHELL_VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)),
        },
      });
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: built.outputFiles[0]?.text ?? '' });
    },
  };
}
