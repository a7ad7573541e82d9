import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { launch } from './halt.mjs';
import { root, typescriptNode } from './node.mjs';
import { run } from './run.mjs';

/** Pictures of every screen in both themes, wide and narrow, into the folder that is named (or test-results/screens). */
await launch(async () => {
  await bootstrap();
  const folder = process.argv[2];
  const node = typescriptNode();
  const built = await run([node, join(root, 'node_modules/turbo/bin/turbo'), 'run', 'build', '--output-logs=errors-only']);
  if (built !== 0) return built;
  const config = ['--config', 'apps/e2e/shots.config.ts', '--reporter=list'];
  return run([node, join(root, 'node_modules/@playwright/test/cli.js'), 'test', ...config], {
    env: { ...process.env, ...(folder !== undefined && { SHOTS: folder }) },
  });
});
