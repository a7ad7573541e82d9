import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Hono } from 'hono';
import type { Env } from '../../app.ts';

const { resolve } = createRequire(import.meta.url);
const css = 'text/css; charset=utf-8';
const script = 'text/javascript; charset=utf-8';

/** All that the page loads, from our own disk. */
const files: Readonly<Record<string, readonly [path: () => string, type: string]>> = {
  'swagger-ui.css': [() => resolve('swagger-ui-dist/swagger-ui.css'), css],
  'swagger-ui-bundle.js': [() => resolve('swagger-ui-dist/swagger-ui-bundle.js'), script],
  'init.js': [() => join(import.meta.dirname, 'init.js'), script],
};

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>KoreroMai API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<script src="/api/docs/swagger-ui-bundle.js" defer></script>
<script src="/api/docs/init.js" defer></script>
</head>
<body>
<main id="reference"></main>
</body>
</html>
`;

/** The reference page at /api/docs, for people to read and try. It loads nothing from elsewhere and needs no exception from the policy. */
export function mountReference(app: Hono<Env>): void {
  app.get('/api/docs', (c) => c.body(page, 200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' }));
  for (const [name, [path, type]] of Object.entries(files)) {
    app.get(`/api/docs/${name}`, async () => {
      const bytes = await readFile(path());
      return new Response(new Uint8Array(bytes), { headers: { 'content-type': type, 'cache-control': 'no-cache' } });
    });
  }
}
