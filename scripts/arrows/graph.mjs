/**
 * Who may import whom, by folder. `types`: with `import type` alone. `tests`: in tests as well.
 * @typedef {{ imports: string[], types?: string[], tests?: string[] }} Arrows
 * @type {Record<string, Arrows>}
 */
export const graph = {
  'packages/contract': { imports: [], tests: ['testing'] },
  'packages/db': { imports: ['contract'], tests: ['testing'] },
  'packages/realtime': { imports: ['contract', 'db'], tests: ['testing'] },
  'packages/mail': { imports: ['contract', 'db', 'realtime'], tests: ['testing'] },
  'packages/api': { imports: ['contract', 'db', 'realtime'], tests: ['testing'] },
  'packages/client': { imports: ['contract'], types: ['api'], tests: ['testing'] },
  'packages/testing': { imports: ['contract', 'db'] },
  'apps/server': { imports: ['contract', 'db', 'realtime', 'mail', 'api'], tests: ['testing', 'client'] },
  'apps/web': { imports: ['contract', 'client'], tests: ['testing'] },
  'apps/e2e': { imports: ['contract', 'client', 'testing'] },
  'apps/bench': { imports: ['contract', 'client', 'db', 'realtime', 'testing'] },
};

/** The one file of the product that reads the environment. */
export const settingsFile = 'apps/server/src/env/env.ts';

/** Folders whose files may read the environment: they are tests and tools, or prepare them. */
export const readsEnvironment = ['packages/testing/', 'apps/bench/', 'apps/e2e/', 'scripts/'];

export const kindFolders = new Set(['utils', 'helpers', 'common', 'shared', 'lib', 'types', 'services']);

export const mostLines = 250;

/** Written by a program or never edited again. */
export const exemptFromLength = /(^|\/)(migrations|generated)\//;

/** @param {string} path */
export const isTest = (path) => /\.test\.tsx?$/.test(path) || /(^|\/)test\//.test(path);
