import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { launch } from './halt.mjs';
import { root, typescriptNode } from './node.mjs';
import { run } from './run.mjs';

/** Measures the page in Chromium and fails below what it promises: size, first message, rows, frames. */
await launch(async () => {
  await bootstrap();
  const node = typescriptNode();
  const built = await run([node, join(root, 'node_modules/turbo/bin/turbo'), 'run', 'build', '--output-logs=errors-only']);
  if (built !== 0) return built;
  return run([node, join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--config', 'apps/e2e/bench.config.ts', '--reporter=list']);
});
