import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { serviceWorker } from './tools/service-worker';

/**
 * What is fetched together with a screen. The entry carries the names of all of it, and a first load has 60 KB: so the
 * screens that people start with name their modules, and the others, which the service worker has by then, only styles.
 */
function preloads(screen: string, files: string[]): string[] {
  return /\/(Home|Scan|SignIn)-/.test(screen) ? files : files.filter((file) => file.endsWith('.css'));
}

export default defineConfig({
  plugins: [svelte({ preprocess: vitePreprocess() }), serviceWorker()],
  build: {
    target: ['es2020', 'chrome87', 'safari14', 'firefox85'],
    // The polyfill is an inline script, and the content policy allows none.
    modulePreload: { polyfill: false, resolveDependencies: preloads },
    // Small files become data: addresses otherwise, which the content policy refuses as well.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:5000' } },
});
