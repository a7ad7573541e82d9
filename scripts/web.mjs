import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Halt } from './halt.mjs';
import { root } from './node.mjs';
import { run } from './run.mjs';

/**
 * Builds the web client unless nothing it is made of has changed since it was built.
 * Turbo would find that out as well, but needs a second to do so; reading the sources takes a few milliseconds.
 * @throws {Halt} when the build fails
 */
export async function buildWeb() {
  const now = fingerprint(root);
  if (existsSync(page) && existsSync(note) && readFileSync(note, 'utf8') === now) return;
  console.log('Building the web client …');
  const code = await run([...turbo, 'run', 'build', '--filter=@koreromai/web', '--output-logs=new-only'], { env: quietTurbo() });
  if (code > 128) throw new Halt('The build was stopped.', code);
  if (code !== 0) throw new Halt('The web client could not be built: see above. The API alone starts with: npm start -- --no-web');
  writeFileSync(note, now);
}

/** To be followed by turbo's arguments. */
export const turbo = [process.execPath, join(root, 'node_modules', 'turbo', 'bin', 'turbo')];
export const quietTurbo = () => ({ ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' });

const page = join(root, 'apps', 'web', 'dist', 'index.html');
const note = join(root, 'node_modules', '.web-built');

/** A hash over everything the web client is made of: its folder, the packages it imports, the lockfile. @param {string} folder of the repository */
export function fingerprint(folder) {
  const hash = createHash('sha256');
  const sources = [...withDependencies(folder, 'apps/web')].flatMap((workspace) => filesIn(join(folder, workspace)));
  for (const file of ['package-lock.json', 'tsconfig.base.json'].map((name) => join(folder, name)).concat(sources)) {
    const content = readFileSync(file);
    hash.update(`${file.slice(folder.length)} ${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/** @param {string} folder @param {string} workspace @param {Set<string>} found */
function withDependencies(folder, workspace, found = new Set()) {
  found.add(workspace);
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, workspace, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    const next = name.replace('@koreromai/', 'packages/');
    if (next !== name && !found.has(next)) withDependencies(folder, next, found);
  }
  return found;
}

const made = new Set(['node_modules', 'dist', '.turbo', 'coverage']);

/** @param {string} folder @returns {string[]} */
function filesIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !made.has(name));
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    });
}
