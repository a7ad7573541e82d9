import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** @param {string} program @param {string[]} args @param {object} [options] */
export const must = (program, args, options = {}) => execFileSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });

/**
 * What `node:24-bookworm-slim` is, from Debian's packages: a minimal bookworm, the Node that runs us, npm, and the user `node` (1000).
 * @param {string} folder that is not there yet @param {{ mirror: string, node: string, npm: string }} from
 */
export function makeBase(folder, { mirror, node, npm }) {
  if (!existsSync(join(folder, 'etc/debian_version')))
    must('debootstrap', ['--variant=minbase', '--include=ca-certificates', 'bookworm', folder, mirror], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  copyFileSync(node, join(folder, 'usr/local/bin/node'));
  must('npm', ['install', '--global', '--prefix', join(folder, 'usr/local'), npm, '--loglevel=error']);
  // The way to the registry is the machine's: a container would get it from the engine.
  for (const file of ['/etc/resolv.conf', '/etc/hosts', '/etc/ssl/certs/ca-certificates.crt'])
    if (existsSync(file)) copyFileSync(file, join(folder, file));
  must('chroot', [
    folder,
    'sh',
    '-c',
    'getent passwd node >/dev/null || (groupadd --gid 1000 node && useradd --uid 1000 --gid node --create-home node)',
  ]);
}

/** Copies a whole root, owners and modes included. @param {string} from @param {string} to */
export function cloneRoot(from, to) {
  mkdirSync(to);
  must('cp', ['-a', '--reflink=auto', `${from}/.`, to]);
}

/** Copies what COPY --from does: a folder's contents into a folder of that name. @param {string} from @param {string} to */
export function copyInto(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
}

/**
 * A process inside a root, as a user, with nothing of this machine's environment.
 * @param {string} root @param {string} user @param {string} cwd @param {Record<string, string>} env @param {string[]} command
 * @param {import('node:child_process').StdioOptions} [stdio]
 */
export function inside(root, user, cwd, env, command, stdio = ['ignore', 'inherit', 'inherit']) {
  // The shell becomes the command itself, so that a signal reaches it.
  const args = [`--userspec=${user}`, root, '/bin/sh', '-c', `cd "$1" && shift && exec "$@"`, 'sh', cwd, ...command];
  return spawn('chroot', args, {
    stdio,
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: user === 'root' ? '/root' : '/home/node', ...env },
  });
}

/** /proc and /dev, as a container has them. @param {string} root @returns {() => void} takes them away again */
export function mounted(root) {
  for (const folder of ['proc', 'dev']) mkdirSync(join(root, folder), { recursive: true });
  must('mount', ['-t', 'proc', 'proc', join(root, 'proc')]);
  must('mount', ['--bind', '/dev', join(root, 'dev')]);
  return () => {
    for (const folder of ['dev', 'proc']) must('umount', [join(root, folder)]);
  };
}
