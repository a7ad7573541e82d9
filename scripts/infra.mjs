// npm run deploy [-- -c name=value …], and in infra/ also npm run synth: KoreroMai on AWS. What it needs is installed in infra/node_modules.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bootstrap, install } from './bootstrap.mjs';
import { Halt, launch } from './halt.mjs';
import { root, typescriptNode } from './node.mjs';
import { run } from './run.mjs';

const folder = join(root, 'infra');

/** A name and a certificate of nobody's: enough to see the template. */
const example = {
  domain: 'chat.example.org',
  certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
};

await launch(async () => {
  const [verb, ...given] = process.argv.slice(2);
  if (verb !== 'synth' && verb !== 'deploy') throw new Halt('Say synth or deploy.', 2);
  await bootstrap();
  await install(folder);
  const node = typescriptNode();
  if (verb === 'synth' && given.length === 0) {
    const env = { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(example), CDK_OUTDIR: join(folder, 'cdk.out') };
    const code = await run([node, 'src/app.ts'], { cwd: folder, env });
    if (code === 0) console.log('infra/cdk.out/KoreroMai.template.json is the template, for an example’s name.');
    return code;
  }
  const cdk = createRequire(join(folder, 'package.json')).resolve('aws-cdk/bin/cdk');
  const app = ['--app', `"${node}" src/app.ts`];
  if (verb === 'synth') return run([node, cdk, 'synth', ...app, ...given], { cwd: folder });
  const code = await run([node, cdk, 'bootstrap', ...app, ...given], { cwd: folder });
  return code === 0 ? run([node, cdk, 'deploy', ...app, ...given], { cwd: folder }) : code;
});
