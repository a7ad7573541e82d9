// npm run audit: the known holes of everything that is delivered, as the registry tells them. Ends with 1 when there are some, and with 2
// when the registry does not say: not knowing is not the same as none.
import { join } from 'node:path';
import { ask } from './audit/ask.mjs';
import { launch } from './halt.mjs';
import { root } from './node.mjs';

await launch(async () => {
  let code = 0;
  for (const folder of ['.', 'infra']) {
    const { holes, silence } = await ask(join(root, folder));
    const where = folder === '.' ? 'what is delivered' : folder;
    if (silence !== null) console.error(`Whether ${where} has known holes is not known: ${silence}`);
    else for (const hole of holes.length > 0 ? holes : ['none is known.']) console.log(`${where}: ${hole}`);
    code = Math.max(code, silence !== null ? 2 : holes.length > 0 ? 1 : 0);
  }
  return code;
});
