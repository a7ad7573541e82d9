import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { launch } from './halt.mjs';
import { root, typescriptNode } from './node.mjs';
import { run } from './run.mjs';

const page = 'http://localhost:5173';

await launch(async () => {
  await bootstrap();
  const node = typescriptNode();
  // The page comes from Vite, so that is the origin the server must believe in and write into links.
  const env = { ...process.env, PUBLIC_URL: process.env.PUBLIC_URL ?? page };
  const either = new AbortController();
  const server = run([node, '--watch', '--watch-preserve-output', 'apps/server/src/main.ts', '--no-web', ...process.argv.slice(2)], {
    env,
    signal: either.signal,
  });
  const web = run([node, join(root, 'node_modules', 'vite', 'bin', 'vite.js'), '--strictPort'], {
    cwd: join(root, 'apps', 'web'),
    signal: either.signal,
  });
  const code = await Promise.race([server, web]);
  either.abort(); // one without the other is no use
  await Promise.all([server, web]);
  return code;
});
