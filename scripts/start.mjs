import { bootstrap } from './bootstrap.mjs';
import { launch } from './halt.mjs';
import { typescriptNode } from './node.mjs';
import { run } from './run.mjs';
import { buildWeb } from './web.mjs';

/** MB of V8's young generation. With less, what a post leaves behind grows old while others are in hand, which is costly to clear away; with more, each idle socket holds more. */
const semiSpace = 32;

await launch(async () => {
  const [first, ...rest] = process.argv.slice(2);
  const several = first === '--cluster';
  const flags = several ? rest : process.argv.slice(2);
  await bootstrap();
  if (!flags.includes('--no-web')) await buildWeb();
  return run([typescriptNode(), `--max-semi-space-size=${semiSpace}`, `apps/server/src/${several ? 'cluster/' : ''}main.ts`, ...flags]);
});
