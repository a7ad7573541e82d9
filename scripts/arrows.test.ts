import { describe, expect, test } from 'vitest';
import { graph } from './arrows/graph.mjs';
import { importsIn } from './arrows/imports.mjs';
import { violations } from './arrows/rules.mjs';

const manifest = (...names: string[]) =>
  JSON.stringify({
    exports: { '.': './src/index.ts' },
    dependencies: Object.fromEntries(names.map((name) => [`@koreromai/${name}`, '0.1.0'])),
  });

/** A repository in which every workspace lists every other, so that only the file under test can be wrong. */
function sentencesFor(path: string, source: string, manifests: Record<string, string> = {}): string[] {
  const names = Object.keys(graph).map((folder) => folder.replace(/^\w+\//, ''));
  const workspaces = Object.fromEntries(Object.keys(graph).map((folder) => [`${folder}/package.json`, manifest(...names)]));
  return violations(new Map(Object.entries({ ...workspaces, ...manifests, [path]: source })));
}

describe('the arrows', () => {
  test.for([
    ['packages/contract/src/a.ts', 'db', 'against the arrows'],
    ['packages/db/src/a.ts', 'realtime', 'against the arrows'],
    ['packages/realtime/src/a.ts', 'api', 'against the arrows'],
    ['packages/api/src/a.ts', 'mail', 'against the arrows'],
    ['packages/client/src/a.ts', 'db', 'against the arrows'],
    ['packages/client/src/a.ts', 'api', 'write "import type"'],
    ['packages/api/src/a.ts', 'testing', 'which is for tests'],
    ['packages/testing/src/a.ts', 'realtime', 'against the arrows'],
    ['apps/web/src/a.tsx', 'db', 'against the arrows'],
    ['apps/server/src/a.ts', 'client', 'which is for tests'],
    ['apps/bench/src/a.ts', 'api', 'against the arrows'],
    ['apps/bench/src/a.ts', 'server', 'nothing imports an app'],
    ['packages/api/src/a.test.ts', 'server', 'nothing imports an app'],
    ['packages/api/src/a.ts', 'api', 'use a relative path'],
    ['packages/fresh/src/a.ts', 'contract', 'has no arrows yet'],
  ])('%s may not import %s', ([path = '', name, reason = '']) => {
    expect(sentencesFor(path, `import { it } from '@koreromai/${name}';\n`)).toEqual([expect.stringContaining(reason)]);
  });

  test.for([
    ['packages/realtime/src/a.ts', "import { it } from '@koreromai/db';"],
    ['packages/client/src/a.ts', "import type { AppRouter } from '@koreromai/api';"],
    ['packages/client/src/a.ts', "type Router = typeof import('@koreromai/api');"],
    ['packages/db/src/a.test.ts', "import { it } from '@koreromai/testing';"],
    ['packages/api/src/test/world.ts', "import { it } from '@koreromai/testing';"],
    ['apps/server/src/a.test.ts', "import { it } from '@koreromai/client';"],
    ['apps/web/src/a.tsx', "import { it } from '@koreromai/client';"],
    ['apps/bench/src/a.ts', "import { it } from '@koreromai/realtime';"],
  ])('%s may say %s', ([path = '', source = '']) => {
    expect(sentencesFor(path, source)).toEqual([]);
  });

  test('an import that the manifest does not list is told where to add it', () => {
    const found = sentencesFor('packages/db/src/a.ts', "import '@koreromai/contract';", { 'packages/db/package.json': manifest() });
    expect(found).toEqual([expect.stringContaining('packages/db/package.json does not list')]);
  });

  test('only what a package.json exports can be imported', () => {
    const found = sentencesFor('packages/db/src/a.ts', "import '@koreromai/contract/src/ids.ts';");
    expect(found).toEqual([expect.stringContaining('does not export')]);
  });

  test('a relative path may not leave its workspace', () => {
    expect(sentencesFor('packages/db/src/a.ts', "import '../../contract/src/ids.ts';")).toEqual([
      expect.stringContaining('outside packages/db'),
    ]);
    expect(sentencesFor('packages/db/src/deep/a.ts', "import '../ids.ts';")).toEqual([]);
  });
});

describe('the other rules', () => {
  test.for(['process.env.PORT', "process['env']", "import { env } from 'node:process';"])('%s is read in env.ts alone', (source) => {
    for (const path of ['packages/db/src/a.ts', 'apps/server/src/app.ts', 'apps/web/src/a.ts']) {
      expect(sentencesFor(path, source)).toEqual([expect.stringContaining('add a setting to apps/server/src/env/env.ts')]);
    }
    for (const path of [
      'apps/server/src/env/env.ts',
      'packages/testing/src/a.ts',
      'packages/db/src/a.test.ts',
      'apps/bench/src/a.ts',
      'scripts/a.mjs',
    ]) {
      expect(sentencesFor(path, source)).toEqual([]);
    }
  });

  test.for(['utils', 'helpers', 'common', 'shared', 'lib', 'types', 'services'])('a folder called %s is refused, a file is not', (name) => {
    expect(sentencesFor(`packages/db/src/${name}/a.ts`, '')).toEqual([expect.stringContaining(`a folder called ${name}`)]);
    expect(sentencesFor(`packages/db/src/${name}.ts`, '')).toEqual([]);
  });

  test('a file of 250 lines passes, of 251 does not, unless it is a migration or generated', () => {
    const lines = (count: number) => 'export {};\n'.repeat(count);
    expect(sentencesFor('packages/db/src/a.ts', lines(250))).toEqual([]);
    expect(sentencesFor('packages/db/src/a.ts', lines(251))).toEqual([expect.stringContaining('has 251 lines')]);
    expect(sentencesFor('packages/db/src/migrations/mysql/a.ts', lines(251))).toEqual([]);
  });
});

describe('importsIn', () => {
  test.for([
    ["import a from 'x';", false],
    ["import { a, type B } from 'x';", false],
    ["import {\n  a,\n  b,\n} from 'x';", false],
    ["import * as a from 'x';", false],
    ["import 'x';", false],
    ["export * from 'x';", false],
    ["export { a } from 'x';", false],
    ["const a = await import('x');", false],
    ["vi.mock('x', () => ({}));", false],
    ["vi.importActual<typeof import('y')>('x');", false],
    ["import type { A } from 'x';", true],
    ["export type { A } from 'x';", true],
    ["let a: typeof import('x');", true],
  ] as const)('%s names x', ([source, type]) => {
    expect(importsIn(source)).toContainEqual({ specifier: 'x', type });
  });

  test('comments name nothing, and a path in quotes does not begin a comment', () => {
    expect(importsIn("// import 'x';\n/** import 'x'; */\n")).toEqual([]);
    expect(importsIn("const a = '/api/*';\nimport 'x';\nconst b = '*/';")).toEqual([{ specifier: 'x', type: false }]);
  });

  test('an exported value beside a later import is not taken for a re-export', () => {
    expect(importsIn("export const a = 1;\nconst from = 'y';\n")).toEqual([]);
  });
});
