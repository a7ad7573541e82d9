import { bootstrap } from './bootstrap.mjs';
import { launch } from './halt.mjs';
import { typescriptNode } from './node.mjs';
import { run } from './run.mjs';
import { v8Flags } from './v8.mjs';
import { buildWeb } from './web.mjs';

await launch(async () => {
  const [first, ...rest] = process.argv.slice(2);
  const several = first === '--cluster';
  const flags = several ? rest : process.argv.slice(2);
  await bootstrap();
  if (!flags.includes('--no-web')) await buildWeb();
  return run([typescriptNode(), ...v8Flags, `apps/server/src/${several ? 'cluster/' : ''}main.ts`, ...flags]);
});
