// @vitest-environment node
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const web = join(import.meta.dirname, '../..');
const icon = (path: string) => readFileSync(join(web, 'public', path));
/** Width and height, as the head of the file says. */
const sizeOf = (png: Buffer) => [png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)];

test('UI44: the app can be installed: every icon is there, as large as it says, one of them to be cut to any shape', () => {
  const { icons }: { icons: { src: string; sizes: string; type: string; purpose: string }[] } = JSON.parse(
    readFileSync(join(web, 'public/manifest.webmanifest'), 'utf8'),
  );
  const drawn = icons.filter(({ type }) => type === 'image/png');
  expect(drawn.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual(['192x192 any', '512x512 any', '512x512 maskable']);
  for (const { src, sizes } of drawn) expect(sizeOf(icon(src))).toEqual(['PNG', ...sizes.split('x').map(Number)]);
  expect(icons.filter(({ type }) => type === 'image/svg+xml').every(({ src }) => icon(src).includes('<svg'))).toBe(true);
  const [, touched] = /<link rel="apple-touch-icon" href="([^"]+)">/.exec(readFileSync(join(web, 'index.html'), 'utf8')) ?? [];
  expect(sizeOf(icon(touched ?? ''))).toEqual(['PNG', 180, 180]);
});
