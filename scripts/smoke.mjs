// npm run smoke -- URL [--no-web]: whether an instance works, seen from outside. Two people of its own sign up, talk, and delete their accounts.
// Exit code 0 and a sentence when it does; 1 and a sentence for each thing that does not.
import { fileURLToPath } from 'node:url';
import { Halt, launch } from './halt.mjs';
import { atLeast, typescriptNode } from './node.mjs';
import { run } from './run.mjs';
import { smoke } from './smoke/smoke.mjs';

/** Has a WebSocket of its own. */
const enough = [22, 18];

await launch(async () => {
  const args = process.argv.slice(2);
  if (!atLeast(process.version, enough)) return run([typescriptNode(), fileURLToPath(import.meta.url), ...args]);
  const [given = '', ...more] = args.filter((arg) => arg !== '--no-web');
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || more.length > 0)
    throw new Halt('Say which instance, by its public URL: npm run smoke -- http://localhost:1337', 2);
  const started = Date.now();
  const failures = await smoke(url.origin, { web: !args.includes('--no-web'), patience: 10_000 });
  for (const sentence of failures) console.error(sentence);
  const took = `${((Date.now() - started) / 1000).toFixed(1)} s`;
  if (failures.length === 0)
    console.log(`${url.origin} works: two people signed up, talked over REST, WebSocket and events, and are gone (${took}).`);
  return failures.length === 0 ? 0 : 1;
});
