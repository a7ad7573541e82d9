import { posix } from 'node:path';
import { exemptFromLength, graph, isTest, kindFolders, mostLines, readsEnvironment, settingsFile } from './graph.mjs';
import { importsIn, withoutComments } from './imports.mjs';

/** @typedef {{ dependencies?: Record<string, string>, devDependencies?: Record<string, string>, exports?: Record<string, unknown> }} Manifest */

/**
 * Holds the arrows of the architecture over the files given.
 * @param {Map<string, string>} files path from the repository, with `/` → text; sources and the workspaces' package.json
 * @returns {string[]} one sentence per violation, each saying what to do instead
 */
export function violations(files) {
  const found = [...files]
    .filter(([path]) => !path.endsWith('package.json'))
    .flatMap(([path, source]) => [
      ...folders(path),
      ...length(path, source),
      ...environment(path, source),
      ...imports(path, source, files),
    ]);
  return [...new Set(found)];
}

/** @param {string} path */
function folders(path) {
  const kind = path
    .split('/')
    .slice(0, -1)
    .find((folder) => kindFolders.has(folder));
  return kind
    ? [
        `${path} lies in a folder called ${kind}: name the folder after what its files are about, or move them to the one feature that uses them.`,
      ]
    : [];
}

/** @param {string} path @param {string} source */
function length(path, source) {
  const lines = source.replace(/\n$/, '').split('\n').length;
  const long = lines > mostLines && !exemptFromLength.test(path);
  return long ? [`${path} has ${lines} lines, above ${mostLines}: split it where it changes its subject.`] : [];
}

/** @param {string} path @param {string} source */
function environment(path, source) {
  const free =
    path === settingsFile || isTest(path) || readsEnvironment.some((folder) => path.startsWith(folder)) || !path.includes('/src/');
  if (free) return [];
  const reads =
    /\bprocess\s*\??\.\s*env\b|\bprocess\[['"]env['"]\]|import\s+(type\s+)?\{[^}]*\benv\b[^}]*\}\s*from\s*['"](node:)?process['"]/;
  return reads.test(withoutComments(source))
    ? [`${path} reads the environment: add a setting to ${settingsFile} and take it as an argument instead.`]
    : [];
}

/** @param {string} path @param {string} source @param {Map<string, string>} files */
function imports(path, source, files) {
  const home = Object.keys(graph).find((folder) => path.startsWith(`${folder}/`)) ?? unknownHome(path);
  if (home === null || !path.startsWith(`${home}/src/`)) return [];
  return importsIn(source).flatMap(({ specifier, type }) => {
    if (specifier.startsWith('.')) return relative(path, home, specifier);
    const [scope, name = '', ...inner] = specifier.split('/');
    return scope === '@koreromai' ? arrow({ path, home, name, type, inner: inner.join('/') }, files) : [];
  });
}

/** A workspace that nobody has given arrows may import nothing until somebody does. @param {string} path */
const unknownHome = (path) => path.match(/^(apps|packages)\/[^/]+(?=\/)/)?.[0] ?? null;

/** @param {string} path @param {string} home @param {string} specifier */
function relative(path, home, specifier) {
  const target = posix.join(posix.dirname(path), specifier);
  if (target.startsWith(`${home}/`)) return [];
  return [
    `${path} imports ${specifier}, a file outside ${home}: import the other workspace by its name, from what its package.json exports.`,
  ];
}

/** @param {{ path: string, home: string, name: string, type: boolean, inner: string }} edge @param {Map<string, string>} files */
function arrow({ path, home, name, type, inner }, files) {
  const specifier = `@koreromai/${name}${inner ? `/${inner}` : ''}`;
  if (home === `packages/${name}` || home === `apps/${name}`)
    return [`${path} imports its own workspace as ${specifier}: use a relative path.`];
  if (files.has(`apps/${name}/package.json`) || graph[`apps/${name}`]) {
    return [`${path} imports ${specifier}, but nothing imports an app: move what you need into the package that it is about.`];
  }
  if (!graph[home]) return [`${home} has no arrows yet: say in scripts/arrows/graph.mjs what it may import.`];
  const { imports: may, types = [], tests = [] } = graph[home];
  const test = isTest(path);
  if (!may.includes(name) && !(type && types.includes(name)) && !(test && tests.includes(name))) {
    return [refusal(path, home, specifier, name)];
  }
  return [...listed(path, home, name, test && name === 'testing', files), ...exported(path, specifier, name, inner, files)];
}

/** @param {string} path @param {string} home @param {string} specifier @param {string} name */
function refusal(path, home, specifier, name) {
  const { imports: may = [], types = [], tests = [] } = graph[home] ?? {};
  const instead = may.length > 0 ? `${home} may import ${may.join(', ')}` : `${home} imports no other workspace`;
  if (types.includes(name))
    return `${path} imports ${specifier} at run time: write "import type", or take what you need from the contract.`;
  if (tests.includes(name)) return `${path} imports ${specifier}, which is for tests: move this into a *.test.ts file or a test/ folder.`;
  return `${path} imports ${specifier} against the arrows (${instead}): move the shared part down to the contract, or take it as an argument from whoever knows both.`;
}

/**
 * Turbo caches by what the manifest lists. Tests of the packages that `testing` itself needs cannot list it: that would be a circle.
 * @param {string} path @param {string} home @param {string} name @param {boolean} excused @param {Map<string, string>} files
 */
function listed(path, home, name, excused, files) {
  const { dependencies, devDependencies } = manifestOf(home, files);
  if (excused || { ...dependencies, ...devDependencies }[`@koreromai/${name}`]) return [];
  return [`${path} imports @koreromai/${name}, which ${home}/package.json does not list: add it there.`];
}

/** @param {string} path @param {string} specifier @param {string} name @param {string} inner @param {Map<string, string>} files */
function exported(path, specifier, name, inner, files) {
  const doors = Object.keys(manifestOf(`packages/${name}`, files).exports ?? {});
  const asked = inner ? `./${inner}` : '.';
  const open = doors.some((door) => door === asked || (door.endsWith('*') && asked.startsWith(door.slice(0, -1))));
  return open
    ? []
    : [
        `${path} imports ${specifier}, which packages/${name}/package.json does not export: import from @koreromai/${name}, and let its index.ts export what is public.`,
      ];
}

/** @param {string} home @param {Map<string, string>} files @returns {Manifest} */
const manifestOf = (home, files) => JSON.parse(files.get(`${home}/package.json`) ?? '{}');
