// sudo npm run image -- FOLDER: the Dockerfile's steps without Docker. On a Debian machine, as root, in roots of their own under FOLDER made of
// Debian's packages: each stage is built step by step as the file says, then the last one is started as its user, asked for its health, and stopped.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Halt, launch } from './halt.mjs';
import { execForm, settingsIn, stagesOf } from './image/dockerfile.mjs';
import { cloneRoot, copyInto, inside, makeBase, mounted, must } from './image/root.mjs';
import { root as repository, typescriptNode } from './node.mjs';

/** @type {Map<string, Built>} */
const built = new Map();

await launch(async () => {
  const [given, ...more] = process.argv.slice(2);
  if (given === undefined || more.length > 0) throw new Halt('Say where: sudo npm run image -- /tmp/image', 2);
  if (process.getuid?.() !== 0) throw new Halt('Only root may change roots: sudo npm run image -- FOLDER', 2);
  const folder = resolve(given);
  mkdirSync(folder, { recursive: true });
  const base = join(folder, 'base');
  makeBase(base, { mirror: mirror(), node: typescriptNode(), npm: JSON.parse(read('package.json')).packageManager });
  const stages = stagesOf(read('Dockerfile'));
  let last;
  for (const stage of stages) last = await build(stage, folder, base);
  if (last === undefined) throw new Halt('The Dockerfile has no stage.');
  return rehearse(last);
});

/** @param {string} path */
function read(path) {
  return readFileSync(join(repository, path), 'utf8');
}

/** The machine's own mirror: the first address among its apt sources. */
function mirror() {
  const sources = execFileSync('sh', ['-c', 'cat /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null; true'], {
    encoding: 'utf8',
  });
  return /https?:\/\/[^\s]+/.exec(sources.replace(/^#.*$/gm, ''))?.[0] ?? 'http://deb.debian.org/debian';
}

/** @typedef {{ root: string, user: string, cwd: string, env: Record<string, string>, command: string[], health: string[] }} Built */

/** @param {import('./image/dockerfile.mjs').Stage} stage @param {string} folder @param {string} base @returns {Promise<Built>} */
async function build({ name, from, instructions }, folder, base) {
  const before = built.get(from);
  const root = join(folder, name);
  if (existsSync(root)) throw new Halt(`${root} is there already: take it away, or name another folder.`);
  cloneRoot(before?.root ?? base, root);
  /** @type {Built} */
  const state = { user: 'root', cwd: '/', env: {}, command: [], health: [], ...before, root };
  built.set(name, state);
  for (const { word, rest } of instructions) {
    console.log(`[${name}] ${word} ${rest}`);
    if (word === 'RUN') await step(state, rest);
    else if (word === 'COPY') copy(state, rest);
    else if (word === 'USER') state.user = rest;
    else if (word === 'ENV') state.env = { ...state.env, ...settingsIn(rest) };
    else if (word === 'CMD') state.command = execForm(rest) ?? ['sh', '-c', rest];
    else if (word === 'HEALTHCHECK') state.health = execForm(rest.slice(rest.indexOf('CMD ') + 4)) ?? [];
    else if (word === 'WORKDIR') {
      state.cwd = rest;
      mkdirSync(join(root, rest), { recursive: true });
    } else if (!['EXPOSE', 'VOLUME', 'STOPSIGNAL'].includes(word)) throw new Halt(`This does not know ${word}.`);
  }
  return state;
}

/** @param {Built} state @param {string} rest */
async function step({ root, user, cwd, env }, rest) {
  const unmount = mounted(root);
  try {
    const trusted = { NODE_EXTRA_CA_CERTS: '/etc/ssl/certs/ca-certificates.crt', npm_config_update_notifier: 'false' };
    const [code] = await once(inside(root, user, cwd, { ...trusted, ...env }, ['sh', '-c', rest]), 'exit');
    if (code !== 0) throw new Halt(`The step ended with ${code}: RUN ${rest}`);
  } finally {
    unmount();
  }
}

/** @param {Built} state @param {string} rest */
function copy({ root, cwd }, rest) {
  const words = rest.split(' ');
  const owner = words.find((word) => word.startsWith('--chown='))?.slice('--chown='.length);
  const stage = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  const [source = '', target = ''] = words.filter((word) => !word.startsWith('--'));
  const to = resolve('/', cwd, target);
  if (stage !== undefined)
    copyInto(
      join(built.get(stage)?.root ?? '', source),
      target.endsWith('/') ? join(root, to, source.split('/').at(-1) ?? '') : join(root, to),
    );
  else must('sh', ['-c', 'git archive HEAD | tar -x -C "$0"', join(root, to)], { cwd: repository }); // what .dockerignore leaves out is not committed
  if (owner) must('chroot', [root, 'chown', '-R', owner, to]);
}

/** Starts what was built as its user, waits for its health, and stops it as an engine does. @param {Built} last */
async function rehearse({ root, user, cwd, env, command, health }) {
  const port = await freePort();
  const settings = { ...env, PORT: String(port), HOST: '127.0.0.1' };
  const unmount = mounted(root);
  try {
    const started = performance.now();
    const server = inside(root, user, cwd, settings, command);
    const ended = once(server, 'exit');
    let healthy = false;
    for (let i = 0; i < 60 && !healthy && server.exitCode === null; i++) {
      await setTimeout(500);
      const [code] = await once(inside(root, user, cwd, settings, health, 'ignore'), 'exit');
      healthy = code === 0;
    }
    const seconds = () => ((performance.now() - started) / 1_000).toFixed(1);
    const uid = /^Uid:\s+(\d+)/m.exec(server.exitCode === null ? readFileSync(`/proc/${server.pid}/status`, 'utf8') : '')?.[1];
    console.log(healthy ? `Healthy after ${seconds()} s, as user ${uid} at http://localhost:${port}.` : 'It never became healthy.');
    const page = healthy && (await fetch(`http://127.0.0.1:${port}/`)).ok;
    const began = performance.now();
    server.kill('SIGTERM');
    const [code] = await ended;
    console.log(
      `SIGTERM ended it with ${code} after ${((performance.now() - began) / 1_000).toFixed(1)} s; its page was ${page ? 'there' : 'not there'}.`,
    );
    return healthy && page && uid === '1000' && code === 0 ? 0 : 1;
  } finally {
    unmount();
  }
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
