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

export default defineConfig({
  plugins: [solid(), pickerWithinPolicy()],
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
