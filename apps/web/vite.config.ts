import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

const server = process.env.KOREROMAI_SERVER ?? `http://localhost:${process.env.PORT ?? 1337}`;
const proxied = { target: server, changeOrigin: false };

export default defineConfig({
  plugins: [solid()],
  build: {
    target: 'es2022',
    assetsDir: 'assets',
    // The polyfill is an inline script, which the Content-Security-Policy refuses; every browser we serve has modulepreload.
    modulePreload: { polyfill: false },
    // An inlined picture would be a data: address, which the policy refuses as well.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // Zod tries on loading whether it may compile code. The policy forbids that, and the browser reports the mere try.
        banner: (chunk) =>
          chunk.moduleIds.some((id) => id.includes('/node_modules/zod/')) ? 'globalThis.__zod_globalConfig = { jitless: true };' : '',
      },
    },
  },
  server: {
    proxy: { '/trpc': { ...proxied, ws: true }, '/api': proxied, '/healthz': proxied },
  },
});
