import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Halt, launch } from './halt.mjs';
import { atLeast, oldestLauncher, root } from './node.mjs';
import { run } from './run.mjs';

/**
 * Installs the dependencies when what is installed is not what the lockfile says. Instant when it is.
 * @throws {Halt} when Node is too old or npm fails
 */
export async function bootstrap() {
  if (!atLeast(process.version, oldestLauncher)) throw new Halt(`KoreroMai needs Node 20 or newer to start; this is ${process.version}.`);
  await install(root);
}

/**
 * The same for one folder that has a lockfile of its own.
 * @param {string} folder
 * @throws {Halt} when npm fails
 */
export async function install(folder) {
  if (isInstalled(folder)) return;
  const rest = relative(root, folder);
  console.log(`Installing the dependencies${rest === '' ? ': about a minute' : ` of ${rest}: about ten seconds`}, this once …`);
  // Development dependencies build the web client, so they are wanted in production too.
  const code = await run(['npm', 'ci', '--include=dev'], {
    cwd: folder,
    env: withoutOurNode(),
    shell: process.platform === 'win32',
    waiting: 'Still installing …',
  });
  if (code > 128) throw new Halt('The installation was stopped.', code);
  if (code !== 0) throw new Halt('npm ci failed, so nothing was started: mend what it says above and run the same command again.');
  stamp(folder);
}

/** @param {string} folder of the repository */
export function isInstalled(folder) {
  const file = stampOf(folder);
  return existsSync(file) && readFileSync(file, 'utf8') === wanted(folder);
}

/** Notes that what is installed now is what the lockfile says. @param {string} folder of the repository */
export const stamp = (folder) => writeFileSync(stampOf(folder), wanted(folder));

/** npm ci empties node_modules first, so that an installation cut short leaves no stamp. @param {string} folder */
const stampOf = (folder) => join(folder, 'node_modules', '.bootstrap');

/** The scripts are left out: a new one does not change what is installed. @param {string} folder */
function wanted(folder) {
  const manifest = { ...JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')), scripts: undefined };
  const lock = readFileSync(join(folder, 'package-lock.json'));
  return createHash('sha256').update(lock).update(JSON.stringify(manifest)).digest('hex');
}

/** npm must not run on a Node that it is about to delete. */
function withoutOurNode() {
  const path = (process.env.PATH ?? '').split(delimiter).filter((entry) => !entry.startsWith(join(root, 'node_modules')));
  return { ...process.env, PATH: path.join(delimiter) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await launch(async () => {
    await bootstrap();
    return 0;
  });
}
