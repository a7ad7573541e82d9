import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const [input = '', path = ''] = process.argv.slice(2);

// The generator writes its files with TypeScript's own tree, which the native compiler does not offer: the older one that the
// packaging check brings along does.
const { resolve } = createRequire(createRequire(import.meta.resolve('@arethetypeswrong/core')).resolve('@arethetypeswrong/core'));
const older = pathToFileURL(resolve('typescript')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'typescript' ? { url: older, format: 'commonjs', shortCircuit: true } : next(specifier, context),
});

const { createClient } = await import('@hey-api/openapi-ts');
await createClient({
  input,
  output: { path, clean: true, importFileExtension: '.ts' },
  plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
  logs: { level: 'silent', file: false },
});
