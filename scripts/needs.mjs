import { existsSync } from 'node:fs';
import { connect } from 'node:net';

const chromium = '/usr/bin/chromium';

/**
 * What tests want beyond Node, and what is left out without it.
 * @typedef {{ setting: string, what: string, leftOut: string }} Need
 * @type {Need[]}
 */
export const needs = [
  { setting: 'TEST_MYSQL_URL', what: 'MySQL', leftOut: 'the suites named after MySQL (the same rules still run on SQLite)' },
  { setting: 'TEST_REDIS_URL', what: 'Redis', leftOut: 'the suites named after Redis (the same rules still run in process)' },
  { setting: 'CHROMIUM_PATH', what: 'Chromium', leftOut: 'the user stories in a browser' },
];

/**
 * Looks for each need. One that is named but does not answer is wrong, not missing: leaving it out silently would hide a mistake.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ env: NodeJS.ProcessEnv, missing: Need[], wrong: string[] }>} `env` with the browser's default place added
 */
export async function look(env) {
  const found = { ...env };
  if (!found.CHROMIUM_PATH && existsSync(chromium)) found.CHROMIUM_PATH = chromium;
  const missing = needs.filter(({ setting }) => !found[setting]);
  const wrong = [];
  for (const { setting, what } of needs) {
    const value = found[setting];
    if (value && !(setting === 'CHROMIUM_PATH' ? existsSync(value) : await answers(value))) {
      wrong.push(`${setting} names a ${what} that is not there: start it, or unset ${setting} to leave its tests out.`);
    }
  }
  return { env: found, missing, wrong };
}

/** @param {string} url @returns {Promise<boolean>} whether something listens there */
function answers(url) {
  if (!URL.canParse(url)) return Promise.resolve(false);
  const { hostname, port, protocol } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || (protocol === 'redis:' ? 6379 : 3306), timeout: 3_000 });
    socket
      .once('connect', () => resolve(true))
      .once('error', () => resolve(false))
      .once('timeout', () => resolve(false));
    for (const end of ['connect', 'timeout']) socket.once(end, () => socket.destroy());
  });
}
