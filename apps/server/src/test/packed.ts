import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../../..');

/** What a stranger has beside the tarball: the client's three dependencies, and types for Node and `tsc` to look at. */
const beside = ['@trpc/client', '@trpc/server', 'zod', '@types/node', 'undici-types'];

/**
 * A folder outside the repository with the packed client in its node_modules. Nothing is asked of a registry: what the package
 * depends on is linked from ours.
 */
export async function installPacked() {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'koreromai-packed-'));
  const dist = join(folder, 'dist');
  await run(process.execPath, [join(root, 'packages/client/pack/build.ts'), dist]);
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', folder], { cwd: dist });
  const [tarball] = JSON.parse(stdout) as { filename: string; files: { path: string }[] }[];
  if (tarball === undefined) throw new Error('npm packed nothing.');
  const project = join(folder, 'project');
  const home = join(project, 'node_modules/@koreromai/client');
  mkdirSync(home, { recursive: true });
  const archive = join(folder, tarball.filename);
  await run('tar', ['-xzf', archive, '-C', home, '--strip-components=1']);
  for (const name of beside) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link);
  }
  return {
    project,
    home,
    archive,
    files: tarball.files.map((file) => file.path).sort(),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
