// npm run sbom [-- FILE.json]: what is delivered, as a CycloneDX document, from the lockfile.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { launch } from './halt.mjs';
import { root } from './node.mjs';

await launch(async () => {
  const [given] = process.argv.slice(2);
  const file = given === undefined ? join(root, 'sbom.json') : resolve(given);
  const options = { cwd: root, maxBuffer: 2 ** 26, shell: process.platform === 'win32' };
  const text = String(
    execFileSync('npm', ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--omit=dev', '--package-lock-only'], options),
  );
  const { specVersion, components } = JSON.parse(text);
  writeFileSync(file, text);
  console.log(`${file}: CycloneDX ${specVersion}, ${components.length} components.`);
  return 0;
});
