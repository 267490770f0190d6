import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { serviceWorker } from './tools/service-worker';

export default defineConfig({
  plugins: [svelte({ preprocess: vitePreprocess() }), serviceWorker()],
  build: {
    target: ['es2020', 'chrome87', 'safari14', 'firefox85'],
    // The polyfill is an inline script, and the content policy allows none.
    modulePreload: { polyfill: false },
    // Small files become data: addresses otherwise, which the content policy refuses as well.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:5000' } },
});
