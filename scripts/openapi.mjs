import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { launch } from './halt.mjs';
import { root, typescriptNode } from './node.mjs';
import { run } from './run.mjs';

await launch(async () => {
  await bootstrap();
  return run([typescriptNode(), join(root, 'apps/server/src/rest/openapi/write.ts')]);
});
