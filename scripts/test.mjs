import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, install } from './bootstrap.mjs';
import { Halt, launch } from './halt.mjs';
import { look } from './needs.mjs';
import { root, typescriptNode } from './node.mjs';
import { run } from './run.mjs';
import { closingLine, nothing, oneFailed, sum, tallyPlaywright, tallyVitest } from './tally.mjs';
import { quietTurbo } from './web.mjs';

const ci = process.env.CI === 'true';
const pattern = process.argv.slice(2);
const stories = 'apps/e2e/playwright.config.ts';

/** The exit codes of a person's SIGHUP, SIGINT and SIGTERM; a crash is a failure like any other. */
const stopped = new Set([129, 130, 143]);

const vitest = ['vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'];

/** @param {string} folder for reports */
const steps = (folder) => [
  { name: 'lint', command: ['@biomejs/biome/bin/biome', 'check', '.'] },
  { name: 'arrows', command: ['../scripts/arrows.mjs'] },
  { name: 'unused', command: ['knip/bin/knip.js', '--no-progress'] },
  { name: 'types', command: ['turbo/bin/turbo', 'run', 'typecheck', '--continue', '--output-logs=errors-only'] },
  { name: 'types of the scripts', command: ['typescript/bin/tsc', '-p', 'scripts'] },
  { name: 'types of the infrastructure', command: ['typescript/bin/tsc', '-p', 'infra'], folder: 'infra' },
  {
    name: 'infrastructure',
    command: [...vitest, '--config=infra/vitest.config.ts', `--outputFile.json=${join(folder, 'infra')}`],
    report: join(folder, 'infra'),
    tally: tallyVitest,
    folder: 'infra',
  },
  { name: 'web client', command: ['turbo/bin/turbo', 'run', 'build', '--output-logs=errors-only'] },
  {
    name: 'tests',
    command: [...vitest, `--outputFile.json=${join(folder, 'vitest')}`, ...pattern],
    report: join(folder, 'vitest'),
    tally: tallyVitest,
  },
  {
    name: 'stories',
    command: ['@playwright/test/cli.js', 'test', '--config', stories, '--reporter=list,json'],
    report: join(folder, 'stories'),
    tally: tallyPlaywright,
    needs: 'CHROMIUM_PATH',
  },
];

await launch(async () => {
  const started = Date.now();
  await bootstrap();
  const node = typescriptNode();
  const { env, missing, wrong } = await look(quietTurbo());
  // A hundred servers are started by the tests: each is compiled once.
  env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compiled');
  const folder = mkdtempSync(join(tmpdir(), 'koreromai-test-'));
  const tallies = [];
  const failed = [];
  for (const { setting, what, leftOut } of missing) {
    console.log(
      ci ? `Under CI ${what} must be there: set ${setting}.` : `Without ${what} (${setting} is not set) these are left out: ${leftOut}.`,
    );
    if (ci) tallies.push(oneFailed);
  }
  for (const sentence of wrong) console.log(sentence);
  tallies.push(...wrong.map(() => oneFailed));

  for (const step of steps(folder)) {
    if (pattern.length > 0 && step.name !== 'tests') continue;
    if (step.needs && !env[step.needs]) continue;
    if (step.name === 'stories' && !existsSync(join(root, stories))) continue;
    if (step.folder && !(await installed(step.folder))) {
      if (ci) tallies.push(oneFailed);
      if (ci) failed.push(step.name);
      continue;
    }
    const tally = await take(step, node, env);
    if (tally.failed > 0) failed.push(step.name);
    tallies.push(tally);
  }
  rmSync(folder, { recursive: true });

  const { skippedNames, flakyNames, failedNames, passed } = sum(tallies);
  if (skippedNames.length > 0) console.log(`\nSkipped: ${skippedNames.join(' · ')}`);
  if (flakyNames.length > 0) console.log(`\nPassed only at the second try: ${flakyNames.join(' · ')}`);
  const floor = Number(readFileSync(join(root, '.ci', 'floor'), 'utf8'));
  if (ci && pattern.length === 0 && passed < floor) {
    console.log(`Only ${passed} tests passed, but .ci/floor promises ${floor}: a suite has gone missing.`);
    tallies.push(oneFailed);
  }
  if (failed.length > 0) console.log(`\nFailed: ${[...failed, ...failedNames].join('\n  ')}`);
  const tally = sum(tallies);
  console.log(`\nIt took ${Math.round((Date.now() - started) / 1000)} s.\n${closingLine(tally)}`);
  return tally.failed > 0 ? 1 : 0;
});

/** @param {ReturnType<typeof steps>[number]} step @param {string} node @param {NodeJS.ProcessEnv} env */
async function take({ name, command: [script = '', ...args], report, tally }, node, env) {
  const started = Date.now();
  console.log(`\n── ${name}`);
  const code = await run([node, join(root, 'node_modules', script), ...args], { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } });
  if (stopped.has(code)) throw new Halt(`Stopped during ${name}.`, code);
  console.log(`── ${name}: ${code === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (!report || !tally) return code === 0 ? nothing : oneFailed;
  return tally(existsSync(report) ? readFileSync(report, 'utf8') : null, code);
}

/** Whether what a folder outside the workspaces needs is there, or could be fetched. Under CI its tests fail without, elsewhere they are left out by name. */
async function installed(/** @type {string} */ folder) {
  try {
    await install(join(root, folder));
    return true;
  } catch (error) {
    if (!(error instanceof Halt) || stopped.has(error.code)) throw error;
    console.log(`npm could not install what ${folder} needs: ${ci ? 'under CI that is a failure' : 'its tests are left out'}.`);
    return false;
  }
}
