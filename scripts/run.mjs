import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './node.mjs';

/**
 * Runs a command in the repository to its end. SIGINT, SIGTERM and SIGHUP go on to it, each once: a terminal's Ctrl-C reaches it by
 * several roads already.
 * @param {string[]} command the program and its arguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, waiting?: string, signal?: AbortSignal }} [options]
 *   `waiting`: what to say every ten seconds where no terminal shows the program's own progress; `signal`: ends it with SIGTERM
 * @returns {Promise<number>} its exit code, 128 + n when signal n ended it, 127 when it could not be started
 */
export function run([program = '', ...args], { waiting, ...options } = {}) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', killSignal: 'SIGTERM', ...options });
  /** @type {Set<NodeJS.Signals>} */
  const sent = new Set();
  const forward = /** @param {NodeJS.Signals} name */ (name) => {
    if (!sent.has(name)) child.kill(name);
    sent.add(name);
  };
  for (const name of forwarded) process.on(name, forward);
  const started = Date.now();
  const tick =
    waiting &&
    !process.stdout.isTTY &&
    setInterval(() => console.log(`${waiting} (${Math.round((Date.now() - started) / 1000)} s)`), 10_000);
  return new Promise((resolve) => {
    const ended = /** @param {number} code */ (code) => {
      for (const name of forwarded) process.removeListener(name, forward);
      if (tick) clearInterval(tick);
      resolve(code);
    };
    child.once('exit', (code, name) => {
      const [by = name] = code === 0 ? [] : sent; // npm answers SIGTERM with exit code 1
      ended(by === null ? (code ?? 1) : 128 + constants.signals[by]);
    });
    child.once('error', (error) => {
      if (error.name === 'AbortError') return;
      console.error(`${program} could not be started: ${error.message}`);
      ended(127);
    });
  });
}

/** @type {NodeJS.Signals[]} */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];
