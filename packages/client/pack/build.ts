import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'tsdown';
import manifest from '../package.json' with { type: 'json' };

const here = join(import.meta.dirname, '..');
const root = join(here, '../..');
const entry = 'packages/client/src/index';
const router = 'packages/api/src/root';
const contract = 'packages/contract/src/index';

/**
 * Makes the folder that `npm pack` takes (default: `dist`): one module, its types, a manifest. The contract is part of both; of the server
 * there is the type of its router, without what its procedures work with. So whoever installs it needs nothing else of this repository.
 * @throws when the declarations cannot be written
 */
async function buildPackage(outDir: string): Promise<void> {
  const declared = mkdtempSync(join(realpathSync(tmpdir()), 'koreromai-declared-'));
  try {
    await declare(declared);
    const deps = { alwaysBundle: [/^@koreromai\//], neverBundle: [/^zod/, /^@trpc\//] };
    const outExtensions = () => ({ js: '.js', dts: '.d.ts' });
    const common = { cwd: here, outDir, deps, outExtensions, format: 'esm', platform: 'neutral', config: false, logLevel: 'warn' } as const;
    await build({ ...common, entry: { index: join(root, `${entry}.ts`) }, dts: false, target: 'es2022' });
    const declarations = { index: join(declared, `${entry}.d.ts`) };
    await build({ ...common, entry: declarations, clean: false, dts: { dtsInput: true, emitDtsOnly: true } });
  } finally {
    rmSync(declared, { recursive: true, force: true });
  }
  change(join(outDir, 'index.d.ts'), (text) => text.replaceAll(/^\/\/ .*\.d\.ts\n/gm, ''));
  writeFileSync(join(outDir, 'package.json'), `${JSON.stringify(packed(), null, 2)}\n`);
  cpSync(join(here, 'README.md'), join(outDir, 'README.md'));
  cpSync(join(root, 'LICENSE'), join(outDir, 'LICENSE'));
}

/** The declarations of the client, the contract and the router, each naming the others by their files. */
async function declare(outDir: string): Promise<void> {
  const paths = { '@koreromai/api': [join(root, `${router}.ts`)], '@koreromai/*': [join(root, 'packages/*/src/index.ts')] };
  const emit = { noEmit: false, declaration: true, emitDeclarationOnly: true, noCheck: true, rootDir: root, outDir };
  const typeRoots = [join(root, 'node_modules/@types')];
  const config = join(outDir, 'tsconfig.json');
  const compilerOptions = { ...emit, paths, typeRoots };
  writeFileSync(config, JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions, files: [join(root, `${entry}.ts`)] }));
  await promisify(execFile)(process.execPath, [realpathSync(join(root, 'node_modules/.bin/tsc')), '-p', config]);
  const places: Record<string, string> = { api: router, contract };
  for (const file of readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts'))) {
    change(join(outDir, file), (text) =>
      text
        .replaceAll(/(['"])@koreromai\/(api|contract)\1/g, (_, _quote, name) => JSON.stringify(join(outDir, `${places[name]}.d.ts`)))
        .replaceAll(/import\("\.\/(?:context|rest)\.ts"\)\.\w+/g, 'object'),
    );
  }
}

/** Inside the repository the source is imported; who installs the package gets what was built. */
function packed() {
  const { name, version, license, type, description, dependencies } = manifest;
  return {
    ...{ name, version, description, license, type, sideEffects: false, engines: { node: '>=20' } },
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
    dependencies: Object.fromEntries(Object.entries(dependencies).filter(([dependency]) => !dependency.startsWith('@koreromai/'))),
    files: ['index.js', 'index.d.ts'],
  };
}

const change = (file: string, by: (text: string) => string) => writeFileSync(file, by(readFileSync(file, 'utf8')));

await buildPackage(resolve(process.argv[2] ?? join(here, 'dist')));
