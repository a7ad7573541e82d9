import { execFile } from 'node:child_process';

/**
 * Asks the registry for the known holes of what a folder's lockfile installs, development tools left out.
 * @param {string} folder with a lockfile
 * @param {NodeJS.ProcessEnv} [env] where `npm_config_registry` may name another registry
 * @returns {Promise<{ holes: string[], silence: string | null }>} a sentence for each hole, or why none can be named
 */
export function ask(folder, env = process.env) {
  return new Promise((resolve) => {
    execFile(
      'npm',
      ['audit', '--omit=dev', '--json'],
      { cwd: folder, env, maxBuffer: 2 ** 26, shell: process.platform === 'win32' },
      (_error, out) => resolve(judge(out)),
    );
  });
}

/** @param {string} out what `npm audit --json` wrote; its exit code does not tell holes from a registry that is silent */
export function judge(out) {
  const report = parsed(out);
  if (report?.metadata?.vulnerabilities === undefined) {
    const status = report?.statusCode ? ` (it answered ${report.statusCode})` : '';
    return {
      holes: [],
      silence: `the registry does not tell${status}. Ask one that does: npm_config_registry=https://registry.npmjs.org npm run audit`,
    };
  }
  const holes = Object.values(report.vulnerabilities ?? {}).map(({ name, severity, range, via = [], fixAvailable }) => {
    const what = via.map((one) => (typeof one === 'string' ? `through ${one}` : `${one.title} ${one.url}`)).join('; ');
    return `${name} ${range} (${severity}): ${what}.${fixAvailable ? ' npm audit fix mends it.' : ''}`;
  });
  return { holes, silence: null };
}

/**
 * @param {string} out
 * @returns {{ statusCode?: number, metadata?: { vulnerabilities?: object }, vulnerabilities?: Record<string, { name: string, severity: string,
 *   range: string, via?: (string | { title: string, url: string })[], fixAvailable?: unknown }> } | null}
 */
function parsed(out) {
  try {
    return JSON.parse(out);
  } catch {
    return null; // `judge` says that nothing is known
  }
}
