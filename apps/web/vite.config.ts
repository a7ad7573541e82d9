import { createHash } from 'node:crypto';
import { defineConfig, type Plugin } from 'vite';
import solid from 'vite-plugin-solid';

const server = process.env.KOREROMAI_SERVER ?? `http://localhost:${process.env.PORT ?? 1337}`;
const proxied = { target: server, changeOrigin: false };

/**
 * The emoji picker writes its styles as an element and as attributes, which the Content-Security-Policy refuses. The same
 * styles through the object model are allowed.
 */
function pickerWithinPolicy(): Plugin {
  const changes: readonly (readonly [from: string, to: string])[] = [
    [
      'targetNode.setAttribute(attributeName, newValue);',
      "attributeName === 'style' ? (targetNode.style.cssText = newValue) : targetNode.setAttribute(attributeName, newValue);",
    ],
    ["const style = document.createElement('style');", 'const style = new CSSStyleSheet();'],
    ['style.textContent = baseStyles + EXTRA_STYLES;', 'style.replaceSync(baseStyles + EXTRA_STYLES);'],
    ['this.shadowRoot.appendChild(style);', 'this.shadowRoot.adoptedStyleSheets = [style];'],
  ];
  return {
    name: 'picker-within-policy',
    transform(code, id) {
      if (!id.endsWith('/emoji-picker-element/picker.js')) return null;
      return changes.reduce((text, [from, to]) => {
        if (!text.includes(from)) this.error(`The emoji picker has changed: ${from}`);
        return text.replace(from, to);
      }, code);
    },
  };
}

/** Tells the service worker which files the app consists of. Its own bytes change with them, which is how a browser sees a new version. */
function shellList(): Plugin {
  const unhashed = ['/', '/favicon.svg', '/manifest.webmanifest'];
  return {
    name: 'shell-list',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const worker = bundle['sw.js'];
        const page = bundle['index.html'];
        if (worker?.type !== 'chunk' || page?.type !== 'asset') return this.error('The build has no worker or no page.');
        if (worker.imports.length > 0) this.error('The worker has to be one file.');
        const assets = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !name.endsWith('.map'));
        const files = [...unhashed, ...assets.map((name) => `/${name}`).sort()];
        const version = createHash('sha256').update(JSON.stringify(files)).update(page.source).digest('hex').slice(0, 16);
        worker.code = worker.code.replace('__SHELL__', JSON.stringify({ version, files }));
      },
    },
  };
}

export default defineConfig({
  plugins: [solid(), pickerWithinPolicy(), shellList()],
  build: {
    target: 'es2022',
    assetsDir: 'assets',
    // The polyfill is an inline script, which the Content-Security-Policy refuses; every browser we serve has modulepreload.
    modulePreload: { polyfill: false },
    // An inlined picture would be a data: address, which the policy refuses as well.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // The contract's files only define things: what a page does not use of them, schemas above all, it need not be sent.
      treeshake: { moduleSideEffects: (id) => !/[\\/]packages[\\/]contract[\\/]/.test(id) },
      input: { index: 'index.html', sw: 'src/offline/worker.ts' },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
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
