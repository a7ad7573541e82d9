import { bootstrap } from './bootstrap.mjs';
import { launch } from './halt.mjs';
import { typescriptNode } from './node.mjs';
import { run } from './run.mjs';

await launch(async () => {
  await bootstrap();
  return run([typescriptNode(), 'apps/bench/src/main.ts', ...process.argv.slice(2)]);
});
