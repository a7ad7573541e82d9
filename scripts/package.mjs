// npm run package [-- FILE.zip]: the committed state as a zip, for whoever gets no repository. It builds as a clone does: npm start.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Halt, launch } from './halt.mjs';
import { root } from './node.mjs';
import { run } from './run.mjs';

await launch(async () => {
  const [given, ...more] = process.argv.slice(2);
  if (more.length > 0 || given?.startsWith('-')) throw new Halt('Say at most where: npm run package -- koreromai.zip', 2);
  const file = given === undefined ? join(root, 'koreromai.zip') : resolve(given);
  if (existsSync(file)) throw new Halt(`${file} is there already: take it away, or name another.`);
  const clean = await run(['git', 'diff', '--quiet', 'HEAD', '--']);
  if (clean === 1) console.log('What is not committed is not in it.');
  const code = await run(['git', 'archive', '--format=zip', '--prefix=koreromai/', `--output=${file}`, 'HEAD']);
  if (code !== 0) throw new Halt('git could not make the zip: see above. It wants the repository, with a commit.');
  console.log(`${file} is HEAD. Unpack it, and run npm start in koreromai/.`);
  return 0;
});
