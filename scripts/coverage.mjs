// npm run coverage [-- PATTERN]: the suites once more with every line counted, as a page in coverage/index.html. Fails below the thresholds of
// vitest.config.ts, which hold with SQLite alone; a pattern has none. Slower than the suites, so npm test leaves it out.
import { bootstrap } from './bootstrap.mjs';
import { launch } from './halt.mjs';
import { look } from './needs.mjs';
import { typescriptNode } from './node.mjs';
import { run } from './run.mjs';

await launch(async () => {
  await bootstrap();
  const pattern = process.argv.slice(2);
  const { env } = await look(process.env);
  const bound =
    pattern.length === 0 ? [] : ['lines', 'functions', 'statements', 'branches'].map((what) => `--coverage.thresholds.${what}=0`);
  return run([typescriptNode(), 'node_modules/vitest/vitest.mjs', 'run', '--coverage', ...bound, ...pattern], { env });
});
