import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { licenseOf } from './rules.mjs';

/**
 * Every library that is delivered, on every platform: what the lockfile does not call development only. What another platform needs is not
 * installed here, and the lockfile says what it is.
 * @param {string} root of the repository
 */
export function delivered(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, { dev, link }]) => /(^|\/)node_modules\//.test(path) && !dev && !link)
    .map(([path, locked]) => {
      const manifest = join(root, path, 'package.json');
      const said = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : locked;
      return { name: path.split('node_modules/').at(-1) ?? path, license: licenseOf(said) };
    });
}
