// node scripts/planted-rules.mjs [word]: plants each bug of planted/rules.mjs, or those whose name has the word, into a copy of the
// sources and runs the suite that must catch it, on SQLite. Ends with 1 when one survives. The working tree is never touched.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bugs } from './planted/rules.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** A copy of the packages whose imports of one another stay within it; everything else is linked. */
function copySources() {
  const dir = mkdtempSync(join(tmpdir(), 'koreromai-planted-'));
  cpSync(join(root, 'packages'), join(dir, 'packages'), {
    recursive: true,
    filter: (path) => !/\/(node_modules|dist|coverage|\.turbo)$/.test(path),
  });
  for (const file of ['package.json', 'tsconfig.json', 'tsconfig.base.json'])
    if (readdirSync(root).includes(file)) cpSync(join(root, file), join(dir, file));
  const config =
    "export default { test: { include: ['packages/**/*.test.ts'], pool: 'forks', testTimeout: 60_000, hookTimeout: 60_000 } };\n";
  writeFileSync(join(dir, 'vitest.config.mjs'), config);
  mkdirSync(join(dir, 'node_modules', '@koreromai'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules')))
    if (!name.startsWith('.') && name !== '@koreromai') symlinkSync(join(root, 'node_modules', name), join(dir, 'node_modules', name));
  for (const name of readdirSync(join(dir, 'packages'))) {
    symlinkSync(join(dir, 'packages', name), join(dir, 'node_modules', '@koreromai', name));
    if (readdirSync(join(root, 'packages', name)).includes('node_modules'))
      symlinkSync(join(root, 'packages', name, 'node_modules'), join(dir, 'packages', name, 'node_modules'));
  }
  return dir;
}

/**
 * Runs the tests of these suites whose names match, on SQLite. Gives how many passed and failed, what failed and with which words, and the
 * files that broke before their tests.
 * @param {string} dir @param {string[]} suites @param {string} pattern
 * @returns {Promise<{ passed: number, failed: number, why: string[], broken: string[] }>}
 */
function runTests(dir, suites, pattern) {
  const report = join(dir, 'report.json');
  rmSync(report, { force: true });
  const { TEST_MYSQL_URL: _mysql, CI: _ci, ...env } = process.env;
  const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...suites, '-t', pattern, '--reporter=json', `--outputFile=${report}`];
  return new Promise((resolve) => {
    const run = spawn(process.execPath, args, { cwd: dir, env, stdio: 'ignore' });
    run.on('exit', () => {
      const { numPassedTests: passed, numFailedTests: failed, testResults } = JSON.parse(readFileSync(report, 'utf8'));
      /** @type {{ name: string, message: string, assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[]} */
      const files = testResults;
      const broken = files.filter((one) => one.assertionResults.length === 0).map((one) => `${one.name}: ${one.message}`);
      const fallen = files.flatMap((one) => one.assertionResults).filter((one) => one.status === 'failed');
      resolve({ passed, failed, broken, why: fallen.map((one) => `${one.fullName}: ${one.failureMessages[0]?.slice(0, 1_000)}`) });
    });
  });
}

const escaped = (/** @type {string} */ text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** @param {string} dir @param {import('./planted/rules.mjs').Bug} bug */
async function tryBug(dir, { file, from, to, suite, test }) {
  const path = join(dir, file);
  const sound = readFileSync(path, 'utf8');
  if (sound.split(from).length !== 2) return 'STALE: the line is no longer there';
  writeFileSync(
    path,
    sound.replace(from, () => to),
  );
  const { passed, failed, broken } = await runTests(dir, [suite], `sqlite.*${escaped(test)}`);
  writeFileSync(path, sound);
  if (failed > 0) return 'caught';
  return broken.length > 0 || passed === 0 ? 'NO TEST RAN' : 'SURVIVED';
}

const wanted = bugs.filter((bug) => bug.name.includes(process.argv[2] ?? ''));
const began = performance.now();
const dirs = [copySources(), copySources()];
try {
  const suites = [...new Set(wanted.map((bug) => bug.suite))];
  const healthy = await runTests(dirs[0] ?? '', suites, `sqlite.*(${[...new Set(wanted.map((bug) => escaped(bug.test)))].join('|')})`);
  console.log(`healthy sources: ${healthy.passed} passed, ${healthy.failed} failed`);
  for (const line of [...healthy.why, ...healthy.broken]) console.log(line);
  const outcomes = new Map();
  const waiting = [...wanted];
  await Promise.all(
    dirs.map(async (dir) => {
      for (let bug = waiting.shift(); bug; bug = waiting.shift()) {
        outcomes.set(bug, await tryBug(dir, bug));
        console.log(`${outcomes.get(bug).padEnd(10)} ${bug.name}  [${bug.suite.split('/').at(-1)}: ${bug.test}]`);
      }
    }),
  );
  const caught = [...outcomes.values()].filter((outcome) => outcome === 'caught').length;
  console.log(`${caught} of ${wanted.length} planted bugs were caught, in ${Math.round((performance.now() - began) / 1000)} s`);
  process.exitCode = caught === wanted.length && healthy.failed + healthy.broken.length === 0 ? 0 : 1;
} finally {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
}
